import asyncio
import json
import os
import shlex
import subprocess

import pexpect
from mcp.server.fastmcp import FastMCP
from openai import OpenAI

client = OpenAI()
mcp = FastMCP("files")


@mcp.tool()
def search(pattern: str, folder: str = ".") -> str:
    # ruleid: python-model-output-shell
    return subprocess.check_output(f"grep -r {pattern} {folder}", shell=True, text=True)


@mcp.tool()
async def count(folder: str) -> str:
    # ruleid: python-model-output-shell
    process = await asyncio.create_subprocess_shell("ls " + folder)
    await process.wait()


def react(history):
    while True:
        message = client.chat.completions.create(model="m", messages=history, tools=[]).choices[0].message
        for call in message.tool_calls or []:
            arguments = json.loads(call.function.arguments)
            # ruleid: python-model-output-shell
            os.system(arguments["command"])
        if message.content.startswith("RUN:"):
            command = message.content.removeprefix("RUN:").strip()
            # ruleid: python-model-output-shell
            subprocess.run(["bash", "-lc", command], check=False)
            # ruleid: python-model-output-shell
            subprocess.run(shlex.split(command), check=False)


@mcp.tool()
def history_of(path: str, count: int) -> str:
    # ok: python-model-output-shell
    subprocess.run(["git", "log", "--", path], check=True)
    # ok: python-model-output-shell
    os.system("git log -- " + shlex.quote(path))
    # ok: python-model-output-shell
    os.system(f"git log -n {int(count)}")
    # ok: python-model-output-shell
    return subprocess.check_output("git status", shell=True, text=True)


COMMANDS = {"status": "git status", "log": "git log"}


@mcp.tool()
def known(name: str) -> None:
    # ok: python-model-output-shell
    os.system(COMMANDS[name])
    # ok: python-model-output-shell
    os.system(COMMANDS.get(name, "true"))
    if name in ("status", "log"):
        # ok: python-model-output-shell
        os.system(f"git {name}")


def cleaned(prompt):
    reply = client.responses.create(model="m", input=prompt).output_text
    # ruleid: python-model-output-shell
    subprocess.run(["docker", "run", "--rm", "--network=none", "--memory=256m", "alpine", "sh", "-c", reply], timeout=20)
    return reply


def in_containers(prompt, docker_client):
    command = client.responses.create(model="m", input=prompt).output_text
    # Lowered to information: what it does stays in the container.
    # ruleid: python-model-output-shell
    docker_client.containers.run("alpine", command, network_disabled=True, mem_limit="256m")
    # Not lowered: this container is the host under another name.
    # ruleid: python-model-output-shell
    docker_client.containers.run("alpine", command, privileged=True, mem_limit="256m")
    # ruleid: python-model-output-shell
    subprocess.run(["docker", "run", "--privileged", "--network=none", "alpine", "sh", "-c", command])
    # ok: python-model-output-shell
    docker_client.containers.run("alpine", "uname -a")


def execute_in_tmux(code: str | None, args: list[str] | None):
    # ruleid: python-model-output-shell
    subprocess.run(f"tmux send-keys {code}", shell=True)
    listing = ["gh", "pr", "list"]
    listing.extend(["--author", args[0]])
    # ok: python-model-output-shell
    subprocess.run(listing, check=True)
    shell = ["bash", "-c", code]
    # ruleid: python-model-output-shell
    subprocess.Popen(shell)


tmux_tool = ToolSpec(name="tmux", execute=execute_in_tmux)


def ping(host: str):
    # ruleid: python-model-output-shell
    return os.popen(f"ping -c 1 {host}").read()


agent = Agent(name="network", tools=[ping])


def restart(service: str):
    # ok: python-model-output-shell
    return os.popen(f"systemctl restart {service}").read()


panel = Panel(name="services", buttons=[restart])


def start_program(command: list[str]):
    # ok: python-model-output-shell
    return subprocess.run(command, check=True)


def publish(client):
    notes = client.chat.completions.create(model="m", messages=[]).choices[0].message.content
    start_program(["gh", "release", "create", "v1", "--notes", notes])

    arguments = ["git", "tag", "-a", "v1", "-m", notes]
    if notes:
        arguments.append("--force")
    start_program(arguments)


class Session:
    def __init__(self):
        self._shell = pexpect.spawn("/bin/bash", ["--norc"])

    def send(self, text):
        # ruleid: python-model-output-shell
        self._shell.send(text)


@mcp.tool()
def keep_open(command: str) -> str:
    session = Session()
    session.send(command[:64])
    session._shell.expect("#")
    # ok: python-model-output-shell
    session._shell.sendline("exit")
    return session._shell.before


@function_tool
async def fetch_repository(url: str, branch: str | None = None) -> str:
    command = ["git", "clone"]
    if branch:
        command.extend(["-b", branch])
    command.append(url)
    # ok: python-model-output-shell
    await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    # ok: python-model-output-shell
    return subprocess.CompletedProcess(args=url, returncode=0, stdout="done").stdout


def words_for(page, program="wkhtmltopdf"):
    return [program, "--quiet", page, "out.pdf"]


@function_tool
def print_page(page: str, program: str) -> None:
    # ok: python-model-output-shell
    subprocess.run(words_for(page), check=True)
    words = words_for(page)
    # ok: python-model-output-shell
    subprocess.run(words, check=True)
    chosen = words_for("a.html", program)
    # ruleid: python-model-output-shell
    subprocess.run(chosen, check=True)
    inner = ["ssh", "host", page]
    # ruleid: python-model-output-shell
    subprocess.run(inner, check=True)


@function_tool
def image_of(tag: str) -> None:
    build = ["docker", "build", "-t", f"registry/app:{tag}", "."]
    # ok: python-model-output-shell
    subprocess.run(build, check=True)
    start = ["docker", "run", "--rm", "app", tag]
    # ruleid: python-model-output-shell
    subprocess.run(start, check=True)
