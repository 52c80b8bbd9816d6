import docker

client = docker.from_env()
# ruleid: python-container-without-limits
client.containers.run("python:3.13", ["python", "-c", "print(1)"])
# ruleid: python-container-without-limits
client.containers.create("python:3.13", network_mode="none")
# ok: python-container-without-limits
client.containers.run("python:3.13", "python -V", mem_limit="256m", pids_limit=32)
OPTIONS = {"mem_limit": "1g"}
# ok: python-container-without-limits
client.containers.run("python:3.13", "python -V", **OPTIONS)
