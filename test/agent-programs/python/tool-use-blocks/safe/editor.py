"""A file editing agent on Anthropic's tool use."""
from pathlib import Path

import anthropic

client = anthropic.Anthropic()
WORKSPACE = Path("workspace").resolve()
TOOLS = [{"name": "write_file", "input_schema": {"type": "object"}}, {"name": "read_file", "input_schema": {"type": "object"}}]


def handle(name, tool_input):
    target = (WORKSPACE / tool_input["path"]).resolve()
    if not target.is_relative_to(WORKSPACE):
        return "refused: outside the workspace"
    if name == "write_file":
        target.write_text(tool_input["content"])
        return "written"
    return target.read_text()


def turn(messages):
    reply = client.messages.create(model="claude-sonnet-4-5", max_tokens=4096, tools=TOOLS, messages=messages)
    results = []
    for block in reply.content:
        if block.type == "tool_use":
            results.append({"type": "tool_result", "tool_use_id": block.id, "content": handle(block.name, block.input)})
    messages.append({"role": "assistant", "content": reply.content})
    messages.append({"role": "user", "content": results})
    return reply.stop_reason
