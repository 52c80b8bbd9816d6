"""Answers operations questions by running a command."""
import subprocess

from .llm import complete

SYSTEM = "Answer with one bash command and nothing else."


def run_command(command: str) -> str:
    # finding: python-model-output-shell
    process = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=30)
    return process.stdout or process.stderr


def answer(question: str) -> str:
    command = complete(SYSTEM, question).strip()
    return run_command(command)
