import os
import subprocess
import sys


def run(path, text, pid):
    # ruleid: python-argv-shell-dynamic
    subprocess.run(["bash", "-c", f"cat {path} | sort"])
    # ok: python-argv-shell-dynamic
    subprocess.run(["sh", "-c", text], check=True)
    # ruleid: python-argv-shell-dynamic
    cmd = [sys.executable, "-c", text]
    # ruleid: python-argv-shell-dynamic
    subprocess.call(["cmd", "/c", "del " + path])
    line = "cat " + path
    # ruleid: python-argv-shell-dynamic
    os.execlp("sh", "sh", "-c", line)
    return cmd


def fine(path, argv, text):
    # ok: python-argv-shell-dynamic
    subprocess.run(["bash", "-c", "echo ready"])
    # ok: python-argv-shell-dynamic
    subprocess.run(["bash", "--norc", path])
    # ok: python-argv-shell-dynamic
    subprocess.run(["cc", "-c", path])
    # ok: python-argv-shell-dynamic
    subprocess.run([sys.executable, "-m", "venv", path])
    # ok: python-argv-shell-dynamic
    subprocess.run(["tar", "-c", path])
    # ok: python-argv-shell-dynamic
    flags = ["-c", text]
    # ok: python-argv-shell-dynamic
    subprocess.run(argv)
    return flags
