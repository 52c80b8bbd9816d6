import base64
import json
import pickle

import yaml
from mcp.server.fastmcp import FastMCP
from openai import OpenAI

client = OpenAI()
mcp = FastMCP("state")


@mcp.tool()
def restore(saved: str) -> None:
    # ruleid: python-model-output-load
    pickle.loads(base64.b64decode(saved))


def plan(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt).choices[0].message.content
    # ruleid: python-model-output-load
    steps = yaml.load(reply, Loader=yaml.UnsafeLoader)
    # ok: python-model-output-load
    safe_steps = yaml.safe_load(reply)
    # ok: python-model-output-load
    same = yaml.load(reply, Loader=yaml.SafeLoader)
    return steps, safe_steps, same, json.loads(reply)


def cached():
    with open("cache.pickle", "rb") as file:
        # ok: python-model-output-load
        return pickle.load(file)


def planned(prompt):
    reply = client.responses.create(model="m", input=prompt).output_text
    # ok: python-model-output-load
    steps = yaml.load(reply, Loader=SafeLoaderWithoutAliases)
    # ruleid: python-model-output-load
    return steps, yaml.load(reply, Loader=yaml.Loader)
