import asyncio
import subprocess
import sys


def run(tool_input, llm_code, reply):
    # ruleid: python-argv-shell-model-text
    subprocess.run(["bash", "-c", tool_input["command"]], capture_output=True)
    # ruleid: python-argv-shell-model-text
    subprocess.check_output(["/bin/sh", "-lc", f"cd /tmp && {reply}"])
    # ruleid: python-argv-shell-model-text
    argv = [sys.executable, "-c", llm_code]
    # ruleid: python-argv-shell-model-text
    subprocess.Popen(["python3", "-c", reply])
    return argv


async def later(response):
    # ruleid: python-argv-shell-model-text
    return await asyncio.create_subprocess_exec("bash", "-c", response.text)


class AgentShell:
    def call(self, text):
        # ruleid: python-argv-shell-model-text
        return subprocess.run(["powershell", "-NoProfile", "-Command", text])


def fine(command, path, reply):
    # ok: python-argv-shell-model-text
    subprocess.run(["bash", "-c", "ls | wc -l"])
    # ok: python-argv-shell-model-text
    subprocess.run(["bash", path])
    # ok: python-argv-shell-model-text
    subprocess.run(["git", "commit", "-m", reply])
    # ok: python-argv-shell-model-text
    subprocess.run([sys.executable, "-m", "pytest", command])
    SCRIPT = "echo done"
    # ok: python-argv-shell-model-text
    subprocess.run(["sh", "-c", SCRIPT])
    # ok: python-argv-shell-model-text
    subprocess.run(["gcc", "-c", command])
    # ["bash", "-c", command]
    return reply


_AGENT_PROBE = "import agent; print(agent.__version__)"


def agent_version() -> str:
    # ok: python-argv-shell-model-text
    return subprocess.run([sys.executable, "-c", _AGENT_PROBE], capture_output=True, text=True).stdout
