import os
import subprocess

import docker

client = docker.from_env()


def run_task(code):
    # ruleid: python-privileged-container
    return client.containers.run("python:3.12", ["python", "-c", code], privileged=True, remove=True)


def run_with_socket(image):
    # ruleid: python-privileged-container
    return client.containers.run(
        image,
        volumes={"/var/run/docker.sock": {"bind": "/var/run/docker.sock", "mode": "rw"}},
        detach=True,
    )


def run_cli(image, command):
    # ruleid: python-privileged-container
    subprocess.run(["docker", "run", "--rm", "--privileged", image, *command], check=True)


def run_cli_socket(image):
    # ruleid: python-privileged-container
    cmd = ["docker", "run", "-v", "/var/run/docker.sock:/var/run/docker.sock", image]
    return subprocess.check_output(cmd)


def run_shell(image):
    # ruleid: python-privileged-container
    os.system("docker run --privileged agent:latest")
    # ruleid: python-privileged-container
    subprocess.run("docker run --security-opt seccomp=unconfined app", shell=True)


def good(image, code):
    # ok: python-privileged-container
    client.containers.run(image, ["python", "-c", code], network_mode="none", read_only=True, cap_drop=["ALL"])
    # ok: python-privileged-container
    client.containers.run(image, privileged=False)
    # ok: python-privileged-container
    client.containers.run(image, volumes={"/srv/data": {"bind": "/data", "mode": "ro"}})
    # ok: python-privileged-container
    subprocess.run(["docker", "run", "--rm", "--network=none", "--cap-drop=ALL", image])
    # ok: python-privileged-container
    subprocess.run(["grep", "--", "--privileged", "docs/docker.md"])


def socket_exists():
    # ok: python-privileged-container
    return os.path.exists("/var/run/docker.sock")


# ok: python-privileged-container
FORBIDDEN = ["--privileged", "--pid=host"]

# ok: python-privileged-container
docs = "docker run --privileged is not allowed"
