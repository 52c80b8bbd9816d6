import importlib
import json

import toolbox
from openai import OpenAI

client = OpenAI()
NAMES = {"search": "search", "find": "search"}
TOOLS = {"search": toolbox.search, "read": toolbox.read}


def act(messages):
    reply = client.chat.completions.create(model="m", messages=messages)
    step = json.loads(reply.choices[0].message.content)
    # ruleid: python-model-output-dispatch
    getattr(toolbox, step["name"])(**step["arguments"])
    # ruleid: python-model-output-dispatch
    module = importlib.import_module(step["module"])
    # ok: python-model-output-dispatch
    getattr(toolbox, NAMES[step["name"]])(step["text"])
    # ok: python-model-output-dispatch
    TOOLS[step["name"]](**step["arguments"])
    return module


def setting(options, name):
    # ok: python-model-output-dispatch
    return getattr(options, name)()


def checked(messages):
    step = json.loads(client.chat.completions.create(model="m", messages=messages).choices[0].message.content)
    name = step["name"]
    if name not in TOOLS:
        raise KeyError(name)
    # ok: python-model-output-dispatch
    return getattr(toolbox, name)(step["text"])


def add_usage(self, usage):
    self.tool_calls += usage.tool_calls
    # ok: python-model-output-dispatch
    return importlib.import_module(f"meters_{usage.tool_calls}"), importlib.import_module(self.name)
