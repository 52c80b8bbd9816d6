import base64
import collections
import inspect
import time

# ruleid: python-removed-function
started = time.clock()
# ruleid: python-removed-function
spec = inspect.getargspec(print)


def is_map(value):
    # ruleid: python-removed-function
    return isinstance(value, collections.Mapping)


# ok: python-removed-function
now = time.perf_counter()
# ok: python-removed-function
text = base64.encodebytes(b"x")
try:
    # ok: python-removed-function
    clock = time.clock()
except AttributeError:
    clock = time.perf_counter()
