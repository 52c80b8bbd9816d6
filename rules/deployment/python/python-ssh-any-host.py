import subprocess

import asyncssh
import paramiko

client = paramiko.SSHClient()
# ruleid: python-ssh-any-host
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())


async def connect(host):
    # ruleid: python-ssh-any-host
    return await asyncssh.connect(host, known_hosts=None)


# ruleid: python-ssh-any-host
subprocess.run(["ssh", "-o", "StrictHostKeyChecking=no", "host", "uptime"])
# ok: python-ssh-any-host
client.set_missing_host_key_policy(paramiko.RejectPolicy())
# ok: python-ssh-any-host
subprocess.run(["ssh", "-o", "BatchMode=yes", "host", "uptime"])
