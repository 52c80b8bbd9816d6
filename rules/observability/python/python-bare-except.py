def read(path):
    # ruleid: python-bare-except
    try:
        return open(path).read()
    except:
        return ""


def again(path):
    # ruleid: python-bare-except
    try:
        return open(path).read()
    except BaseException:
        print("failed")


def narrow(path):
    # ok: python-bare-except
    try:
        return open(path).read()
    except OSError:
        return ""


def cleanup(path):
    # ok: python-bare-except
    try:
        return open(path).read()
    except:
        print("failed")
        raise
