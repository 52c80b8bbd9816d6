import os


def read(path):
    # ruleid: python-check-then-open
    if os.path.exists(path):
        with open(path) as file:
            return file.read()
    return None


def create(path):
    # ruleid: python-check-then-open
    if not os.path.exists(path):
        with open(path, "w") as file:
            file.write("{}")


def other(path, log):
    # ok: python-check-then-open
    if os.path.exists(path):
        with open(log) as file:
            return file.read()
    return None


def direct(path):
    try:
        # ok: python-check-then-open
        with open(path) as file:
            return file.read()
    except FileNotFoundError:
        return None
