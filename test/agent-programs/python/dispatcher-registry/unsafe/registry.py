"""Tools register themselves with a decorator; the loop calls them by name."""
import json
import os
import shutil

from openai import OpenAI

REGISTRY = {}


def register(name):
    def decorate(function):
        REGISTRY[name] = function
        return function

    return decorate


@register("delete")
def delete(path):
    if os.path.isdir(path):
        # finding: python-model-output-file
        shutil.rmtree(path)
    else:
        # finding: python-model-output-file
        os.remove(path)
    return "deleted"


@register("list")
def list_files(path="."):
    return "\n".join(os.listdir(path))


def loop(goal):
    client = OpenAI()
    messages = [{"role": "user", "content": goal}]
    while True:
        reply = client.chat.completions.create(model="gpt-4o", messages=messages, tools=SCHEMAS).choices[0].message
        if not reply.tool_calls:
            return reply.content
        messages.append(reply)
        for tool_call in reply.tool_calls:
            function = REGISTRY[tool_call.function.name]
            result = function(**json.loads(tool_call.function.arguments))
            messages.append({"role": "tool", "tool_call_id": tool_call.id, "content": result})


SCHEMAS = json.load(open("tools.json"))
