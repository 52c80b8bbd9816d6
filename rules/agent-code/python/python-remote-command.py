import invoke
import paramiko
from fabric import Connection
from invoke import task


def deploy(host, service, text):
    client = paramiko.SSHClient()
    client.connect(host)
    # ruleid: python-remote-command
    stdin, stdout, stderr = client.exec_command(f"systemctl restart {service}")
    connection = Connection(host)
    # ruleid: python-remote-command
    connection.run("cat " + text)
    # ruleid: python-remote-command
    connection.sudo(text)
    # ruleid: python-remote-command
    invoke.run(text)
    return stdout


@task
def build(c, target):
    # ruleid: python-remote-command
    c.run(f"make {target}")


def fine(client, runner, app, text, host):
    # ok: python-remote-command
    client.exec_command("uptime")
    connection = Connection(host)
    # ok: python-remote-command
    connection.run("git pull")
    # ok: python-remote-command
    invoke.run("make docs")
    # ok: python-remote-command
    runner.run(text)
    # ok: python-remote-command
    app.run(host)
    # client.exec_command(text)
    return connection


@task
def docs(c):
    # ok: python-remote-command
    c.run("sphinx-build docs build")
