import os
import shlex
import subprocess


def run(command, folder):
    # ruleid: python-shell-handed-on
    return subprocess.run(command, shell=True, cwd=folder, check=False)


class Remote:
    def open(self):
        # ruleid: python-shell-handed-on
        return os.popen(self.start_command)


def show(path):
    # ok: python-shell-handed-on
    os.system(f"less {path}")
    line = "file {}".format(path)
    # ok: python-shell-handed-on
    os.system(line)


def listing():
    # ok: python-shell-handed-on
    return subprocess.run("ls -l | wc -l", shell=True, check=False)


def quoted(path):
    # ok: python-shell-handed-on
    return subprocess.run(["ls", path], check=False)




def through_a_shell(command):
    # ruleid: python-shell-handed-on
    return subprocess.run(["bash", "-c", command], check=False)
