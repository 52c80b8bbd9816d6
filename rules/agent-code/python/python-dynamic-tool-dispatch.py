import json

import tools
from openai import OpenAI


def dispatch(message, function_name, action):
    for call in message.tool_calls:
        arguments = json.loads(call.function.arguments)
        # ruleid: python-dynamic-tool-dispatch
        result = getattr(tools, call.function.name)(**arguments)
        # ruleid: python-dynamic-tool-dispatch
        again = globals()[call.function.name](**arguments)
    # ruleid: python-dynamic-tool-dispatch
    third = globals()[function_name](message)
    tool_name = action["tool"]
    # ruleid: python-dynamic-tool-dispatch
    fourth = getattr(tools, tool_name)(message)
    return result, again, third, fourth


TOOLS = {"search": tools.search}


def fine(call, arguments, request, name):
    # ok: python-dynamic-tool-dispatch
    result = TOOLS[call.function.name](**arguments)
    # ok: python-dynamic-tool-dispatch
    value = getattr(tools, "search")(arguments)
    # ok: python-dynamic-tool-dispatch
    method = getattr(request, name)
    # ok: python-dynamic-tool-dispatch
    handler = getattr(request, request.method.lower())(arguments)
    # ok: python-dynamic-tool-dispatch
    setting = globals()["DEBUG"]
    # getattr(tools, call.function.name)(**arguments)
    # ok: python-dynamic-tool-dispatch
    text = getattr(call, "text", None)
    return result, value, method, handler, setting, text
