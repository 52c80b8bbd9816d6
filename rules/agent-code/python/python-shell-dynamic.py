import asyncio
import os
import shlex
import subprocess as sp
from os import system as sh


def build(path, branch, cmd):
    # ruleid: python-shell-dynamic
    os.system(f"rm -rf {path}")
    # ruleid: python-shell-dynamic
    sh("git checkout " + branch)
    # ok: python-shell-dynamic
    sp.run(cmd, shell=True, capture_output=True, text=True)
    # ruleid: python-shell-dynamic
    proc = sp.Popen("tar xf %s" % path, cwd="/tmp", shell=True)
    # ok: python-shell-dynamic
    text = sp.check_output(args=cmd, shell=True)
    # ruleid: python-shell-dynamic
    os.popen("ls {}".format(path))
    return proc, text


class BashProcess:
    def _run(self, cmd):
        # ok: python-shell-dynamic
        return sp.run(
            cmd,
            shell=True,
            check=True,
        ).stdout


async def stream(cmd):
    # ok: python-shell-dynamic
    return await asyncio.create_subprocess_shell(cmd)


def fine(path, argv, host, session):
    # ok: python-shell-dynamic
    sp.run(["git", "clone", path], check=True)
    # ok: python-shell-dynamic
    sp.run("uname -a", shell=True)
    # ok: python-shell-dynamic
    sp.run(argv)
    # ok: python-shell-dynamic
    sp.run(argv, shell=False)
    # ok: python-shell-dynamic
    os.system("clear")
    # ok: python-shell-dynamic
    sp.run(shlex.join(argv), shell=True)
    LIST = "ls -la"
    # ok: python-shell-dynamic
    sp.check_output(LIST, shell=True)
    # ok: python-shell-dynamic
    host.system(path)
    # ok: python-shell-dynamic
    session.run(path, shell=True)
    # ok: python-shell-dynamic
    asyncio.create_subprocess_exec("git", "status")
    # os.system(path)
    return "os.system(path)"


def interfaces():
    # Settings of the program's own: `python-shell-own-text`.
    # ok: python-shell-dynamic
    with os.popen(f"{settings.IFCONFIG} -l") as stream:
        return stream.read().split()


def by_hand(name):
    # ok: python-shell-dynamic
    os.system("wc -l '%s'" % name.replace("'", "'\\''"))
