"""Tool calls taken apart by structural pattern matching."""
import json
import pathlib
import subprocess

from openai import AsyncOpenAI

client = AsyncOpenAI()


async def handle(call) -> str:
    match call.function.name, json.loads(call.function.arguments):
        case "bash", {"command": str(command)}:
            # finding: python-model-output-shell
            return subprocess.check_output(command, shell=True, text=True)
        case "write", {"path": path, "text": text}:
            # finding: python-model-output-file
            pathlib.Path(path).write_text(text)
            return "written"
        case name, _:
            return f"no tool {name}"


async def turn(messages: list[dict], tools: list[dict]) -> list[dict]:
    completion = await client.chat.completions.create(model="gpt-4.1", messages=messages, tools=tools)
    message = completion.choices[0].message
    return [{"role": "tool", "tool_call_id": call.id, "content": await handle(call)} for call in message.tool_calls or []]
