"""OpenAI tool calls, dispatched by name."""
import json
import subprocess
from openai import OpenAI

client = OpenAI()
TOOLS = [{"type": "function", "function": {"name": "run_tests", "parameters": {"type": "object"}}}]


def run_tests(target, flags=""):
    result = subprocess.run(
        # finding: python-model-output-shell
        f"pytest {flags} {target}",
        shell=True,
        capture_output=True,
        text=True,
    )
    return result.stdout[-4000:]


def step(messages):
    response = client.chat.completions.create(model="gpt-4.1", messages=messages, tools=TOOLS)
    message = response.choices[0].message
    messages.append(message)
    for call in message.tool_calls or []:
        args = json.loads(call.function.arguments)
        if call.function.name == "run_tests":
            output = run_tests(**args)
        else:
            output = f"unknown tool {call.function.name}"
        messages.append({"role": "tool", "tool_call_id": call.id, "content": output})
    return messages
