import ast
import json
import re
import subprocess
import sys

import numexpr
from anthropic import Anthropic
from e2b_code_interpreter import Sandbox
from langchain_openai import ChatOpenAI
from openai import OpenAI

client = OpenAI()
anthropic = Anthropic()


def straight(prompt):
    completion = client.chat.completions.create(model="m", messages=prompt)
    # ruleid: python-model-output-exec
    exec(completion.choices[0].message.content)


def unfenced(text):
    found = re.findall(r"```(?:python)?(.*?)```", text, re.DOTALL)
    return found[0] if found else text


def ask(prompt):
    message = anthropic.messages.create(model="m", max_tokens=900, messages=prompt)
    return unfenced(message.content[0].text)


class Planner:
    def __init__(self):
        self.model = ChatOpenAI(model="m")
        self.scope = {}

    def plan(self, task):
        self.source = self.model.invoke(task).content.strip()

    def act(self):
        # An assertion and an empty __builtins__ change nothing.
        assert "import" not in self.source
        # ruleid: python-model-output-exec
        exec(self.source, {"__builtins__": {}}, self.scope)

    def both(self, task):
        source = ask(task)
        for word in ("import", "open"):
            if word in source:
                raise ValueError(word)
        # ruleid: python-model-output-exec
        return eval(source, self.scope)


def streamed(prompt):
    code = ""
    for chunk in client.chat.completions.create(model="m", messages=prompt, stream=True):
        code += chunk.choices[0].delta.content or ""
    # ruleid: python-model-output-exec
    subprocess.run([sys.executable, "-c", code], check=True)


@tool
def calculate(expression: str) -> str:
    """Works a formula out."""
    # ruleid: python-model-output-exec
    return str(numexpr.evaluate(expression))


ACTIONS = {"left": "turn(-1)", "right": "turn(1)"}


def safe(prompt):
    reply = client.responses.create(model="m", input=prompt).output_text
    # ok: python-model-output-exec
    exec(ACTIONS[reply])
    count = int(reply)
    # ok: python-model-output-exec
    eval(f"[0] * {count}")
    values = ast.literal_eval(reply)
    # ok: python-model-output-exec
    eval("sum(values)", {"values": 1})
    with Sandbox() as sandbox:
        # ruleid: python-model-output-exec
        sandbox.run_code(reply)
    # ok: python-model-output-exec
    subprocess.run(["docker", "run", "--rm", "--network", "none", "python:3.13", "python", "-c", reply], timeout=10)
    return json.loads(reply), values


def chosen(prompt):
    name = client.responses.create(model="m", input=prompt).output_text
    if name not in ALLOWED_EXPRESSIONS:
        raise ValueError(name)
    # ok: python-model-output-exec
    return eval(name)


def ours(settings):
    # ok: python-model-output-exec
    exec(settings.startup)


def in_deno(prompt):
    script = client.chat.completions.create(model="m", messages=prompt).choices[0].message.content
    # Lowered to information: Deno without permissions.
    # ruleid: python-model-output-exec
    subprocess.run(["deno", "run", "--no-prompt", "-"], input=script, text=True, timeout=20)
    # ruleid: python-model-output-exec
    exec(script, {"__builtins__": {}})


ask_model = client.chat.completions.create


def by_another_name(task):
    reply = ask_model(model="m", messages=[{"role": "user", "content": task}])
    # ruleid: python-model-output-exec
    exec(reply.choices[0].message.content)


def scored(question):
    reply = client.responses.create(model="m", input=question).output_text
    shape = r"^[\d.]+$"
    if not re.match(shape, reply):
        score = 0.0
    else:
        # ok: python-model-output-exec
        score = eval(reply)
    if re.match(r"print", reply):
        # ruleid: python-model-output-exec
        eval(reply)
    return score


def every_field(prompt):
    counts = {}
    for line in client.responses.create(model="m", input=prompt).output_text.splitlines():
        counts[line] = counts.get(line, 0) + 1
    for name, count in counts.items():
        # ruleid: python-model-output-exec
        eval(name)
        # ok: python-model-output-exec
        eval(f"[0] * {count}")


def named(prompt):
    field = re.sub(r"[^A-Za-z0-9]", "_", client.responses.create(model="m", input=prompt).output_text)
    # ok: python-model-output-exec
    return eval(f"SETTINGS_{field}")


def seeded(folder):
    # What a function of such a name makes is an agent, or where one lives.
    home = _seed_agent(folder, soul="a kind one")
    # ok: python-model-output-exec
    exec(home)
    answer = _research_agent(folder)
    # ruleid: python-model-output-exec
    exec(answer)
