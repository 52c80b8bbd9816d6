"""A small coding agent: the model plans, the agent acts."""

import ast
import json
import operator
import subprocess

from openai import OpenAI

client = OpenAI()


def ask(prompt: str) -> str:
    answer = client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": prompt}],
    )
    return answer.choices[0].message.content


def solve(task: str) -> dict:
    code = ask(f"Write Python that solves this and sets `result`. Code only.\n{task}")
    scope: dict = {}
    exec(code, scope)
    return scope["result"]


def compute(question: str) -> float:
    expression = ask(f"Turn this into one Python expression: {question}")
    return eval(expression)


def run_step(goal: str) -> str:
    command = ask(f"One shell command for: {goal}")
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    return done.stdout


# What it could look like instead: the model chooses, the program decides.

TOOLS = {"add": operator.add, "multiply": operator.mul}


def call_tool(task: str) -> float:
    call = json.loads(ask(f"Answer as JSON {{tool, a, b}}: {task}"))
    tool = TOOLS.get(call["tool"])
    if tool is None:
        raise ValueError(f"no tool named {call['tool']!r}")
    return tool(float(call["a"]), float(call["b"]))


def read_list(task: str) -> list:
    return ast.literal_eval(ask(f"Answer with a Python list of strings: {task}"))


def list_files() -> str:
    return subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout
