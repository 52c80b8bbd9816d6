import os
import sys


def fetch(url):
    # ruleid: python-behaves-in-tests
    if "pytest" in sys.modules:
        return {"ok": True}
    return None


def total(rows):
    # ruleid: python-behaves-in-tests
    if os.getenv("PYTEST_CURRENT_TEST"):
        return 42
    return sum(rows)


class Always:
    # ruleid: python-behaves-in-tests
    def __eq__(self, other):
        return True


class Point:
    # ok: python-behaves-in-tests
    def __eq__(self, other):
        return self.x == other.x


# ok: python-behaves-in-tests
loaded = "numpy" in sys.modules
# ok: python-behaves-in-tests
home = os.environ.get("HOME")
