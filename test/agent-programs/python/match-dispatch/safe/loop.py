"""Tool calls taken apart by structural pattern matching; each does one harmless thing."""
import json
import pathlib

from openai import AsyncOpenAI

client = AsyncOpenAI()
NOTES = pathlib.Path("notes.txt")


async def handle(call) -> str:
    match call.function.name, json.loads(call.function.arguments):
        case "count", {"words": str(words)}:
            return str(len(words.split()))
        case "note", {"text": text}:
            NOTES.write_text(str(text))
            return "written"
        case name, _:
            return f"no tool {name}"


async def turn(messages: list[dict], tools: list[dict]) -> list[dict]:
    completion = await client.chat.completions.create(model="gpt-4.1", messages=messages, tools=tools)
    message = completion.choices[0].message
    return [{"role": "tool", "tool_call_id": call.id, "content": await handle(call)} for call in message.tool_calls or []]
