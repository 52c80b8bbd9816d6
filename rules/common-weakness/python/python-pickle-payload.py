import os
import subprocess


class Bomb:
    # ruleid: python-pickle-payload
    def __reduce__(self):
        return os.system, ("id",)


class Quiet:
    # ruleid: python-pickle-payload
    def __reduce__(self):
        command = ["id"]
        return (subprocess.check_output, (command,))


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    # ok: python-pickle-payload
    def __reduce__(self):
        return Point, (self.x, self.y)


class Proxy:
    # ok: python-pickle-payload
    def __reduce__(self):
        return (getattr, (os, "getcwd"))
