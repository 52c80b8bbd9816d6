"""Answers operations questions by running one of a few commands."""
import subprocess

from .llm import complete

SYSTEM = "Answer with one word: disk, memory or uptime."


def run_command(command: str) -> str:
    process = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=30)
    return process.stdout or process.stderr


def answer(question: str) -> str:
    topic = complete(SYSTEM, question).strip()
    if topic == "disk":
        return run_command("df -h | sort -k5 -r")
    if topic == "memory":
        return run_command("free -m")
    return run_command("uptime")
