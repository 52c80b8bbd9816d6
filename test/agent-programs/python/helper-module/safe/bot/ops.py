"""Answers operations questions by running one of a few commands."""
import subprocess

from .llm import complete

SYSTEM = "Answer with one word: disk, memory or uptime."
COMMANDS = {"disk": ["df", "-h"], "memory": ["free", "-m"], "uptime": ["uptime"]}


def run_command(topic: str) -> str:
    process = subprocess.run(COMMANDS[topic], capture_output=True, text=True, timeout=30)
    return process.stdout or process.stderr


def answer(question: str) -> str:
    topic = complete(SYSTEM, question).strip()
    return run_command(topic)
