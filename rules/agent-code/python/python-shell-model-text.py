import asyncio
import os
import shlex
import subprocess
from subprocess import check_output

from mcp.server.fastmcp import FastMCP
from openai import OpenAI

server = FastMCP("ops")
client = OpenAI()


@server.tool()
def run(command: str) -> str:
    # ruleid: python-shell-model-text
    output = subprocess.run(
        command,
        shell=True,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    return output.decode()


def ask(question):
    reply = client.responses.create(model="m", input=question).output_text
    # ruleid: python-shell-model-text
    os.system(reply)
    # ruleid: python-shell-model-text
    os.popen(f"echo {reply}").read()
    # ruleid: python-shell-model-text
    check_output(reply.strip(), shell=True, text=True)
    # ruleid: python-shell-model-text
    subprocess.getoutput("git " + reply)


async def later(reply):
    # ruleid: python-shell-model-text
    process = await asyncio.create_subprocess_shell(reply, stdout=asyncio.subprocess.PIPE)
    return process


def fine(reply):
    # ok: python-shell-model-text
    subprocess.run(["git", "status"], check=True)
    # ok: python-shell-model-text
    subprocess.run(["echo", "--", reply])
    # ok: python-shell-model-text
    subprocess.run("ls -la | wc -l", shell=True)
    # ok: python-shell-model-text
    os.system("cls" if os.name == "nt" else "clear")
    CLEAR = "clear"
    # ok: python-shell-model-text
    os.system(CLEAR)
    # ok: python-shell-model-text
    subprocess.run(["ls", "-l"], shell=True)
    # ok: python-shell-model-text
    subprocess.run(reply.split(), shell=False)
    # os.system(reply) would run it
    return reply


def run_quoted_tool(path, tool_args):
    command = "git blame -- " + shlex.quote(tool_args)
    # ok: python-shell-model-text
    subprocess.run(command, shell=True)
    # ok: python-shell-model-text
    subprocess.run(f"git log -- {shlex.quote(tool_args)}", shell=True)


def export(target):
    # ok: python-shell-model-text
    os.system("sed -i 's/from notes.*//g' %s" % target)
    # ok: python-shell-model-text
    os.system(f"git clone https://git.example.com/{target}")
    # ruleid: python-shell-model-text
    os.system(f"git commit -m {reply}")
    # ruleid: python-shell-model-text
    os.system(target + " --version")


def data_set(filename):
    # ok: python-shell-model-text
    os.system('wget https://example.org/gpt-answers/%s' % filename)


def git(args):
    args = "git " + args
    # ok: python-shell-model-text
    return subprocess.run(args, shell=True)


def prepare(steps):
    for step in ["make", *steps]:
        # ok: python-shell-model-text
        subprocess.run(step, shell=True)


def run_whole(command):
    # ruleid: python-shell-model-text
    return subprocess.run(command, shell=True)
