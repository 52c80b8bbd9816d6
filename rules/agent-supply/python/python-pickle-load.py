import _pickle
import copy
import json
import marshal
import pickle
import shelve


def read_cache(path):
    with open(path, "rb") as f:
        # ruleid: python-pickle-load
        return pickle.load(f)


def receive(conn):
    # ok: python-pickle-load
    return pickle.loads(conn.recv(4096))  # python-pickle-model-load has it


def parse_row(blob):
    # ruleid: python-pickle-load
    return pickle.loads(blob)


def bytecode(data):
    # ruleid: python-pickle-load
    return marshal.loads(data[16:])


def sessions(path):
    # ruleid: python-pickle-load
    with shelve.open(path) as db:
        return dict(db)


def fast(data):
    # ruleid: python-pickle-load
    return _pickle.loads(data)


def clone(value):
    # ok: python-pickle-load
    return pickle.loads(pickle.dumps(value, protocol=5))


def clone_again(value):
    # ok: python-pickle-load
    return copy.deepcopy(value)


def write(value, f):
    # ok: python-pickle-load
    pickle.dump(value, f)


def parse(text):
    # ok: python-pickle-load
    return json.loads(text)


# ok: python-pickle-load
EMPTY = pickle.loads(b"N.")


class Shelf:
    def put(self, jar):
        # ok: python-pickle-load
        return self.pickle_jar.load(jar)
