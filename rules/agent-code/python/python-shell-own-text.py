import os
import shlex
import subprocess

from desk import settings

VIEWER = os.environ.get("VIEWER", "less")


def show():
    # ruleid: python-shell-own-text
    os.system("%s /srv/desk/notes.txt" % settings.VIEWER)


def interfaces():
    # ruleid: python-shell-own-text
    with os.popen(f"{settings.IFCONFIG} -l") as stream:
        return stream.read().split()


def fixed():
    # ok: python-shell-own-text
    os.system("make clean")


def quoted(name):
    # ok: python-shell-own-text
    subprocess.run("wc -l " + shlex.quote(name), shell=True)
