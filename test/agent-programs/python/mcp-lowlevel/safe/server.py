"""Notes over MCP, with the low-level server."""
import asyncio
import os

import mcp.types as types
from mcp.server import Server
from mcp.server.stdio import stdio_server

NOTES = os.path.realpath(os.environ.get("NOTES_DIR", "notes"))
app = Server("notes")


@app.list_tools()
async def list_tools() -> list[types.Tool]:
    schema = {"type": "object", "properties": {"name": {"type": "string"}, "text": {"type": "string"}}}
    return [types.Tool(name="save_note", description="Save a note", inputSchema=schema)]


@app.call_tool()
async def call_tool(name: str, arguments: dict) -> list[types.TextContent]:
    if name == "save_note":
        return [types.TextContent(type="text", text=await save_note(arguments))]
    raise ValueError(f"Unknown tool: {name}")


async def save_note(arguments: dict) -> str:
    file_path = os.path.realpath(os.path.join(NOTES, arguments["name"] + ".md"))
    if os.path.commonpath([NOTES, file_path]) != NOTES:
        raise ValueError("notes stay in the notes folder")
    with open(file_path, "w", encoding="utf-8") as file:
        file.write(arguments["text"])
    return f"saved {file_path}"


async def main():
    async with stdio_server() as (reader, writer):
        await app.run(reader, writer, app.create_initialization_options())


asyncio.run(main())
