import os
import shutil
import subprocess

# ruleid: python-destructive-command
os.system("rm -rf ~/work")
# ruleid: python-destructive-command
subprocess.run("git reset --hard && git clean -fdx", shell=True)
# ruleid: python-destructive-command
subprocess.run(["terraform", "destroy", "-auto-approve"], check=True)


def drop(cursor):
    # ruleid: python-destructive-command
    cursor.execute("DROP DATABASE shop")
    # ok: python-destructive-command
    cursor.execute("DROP TABLE IF EXISTS scratch")


# ok: python-destructive-command
shutil.rmtree("build")
# ok: python-destructive-command
subprocess.run(["git", "status"], check=True)
