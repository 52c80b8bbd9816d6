import os
from pathlib import Path

from mcp.server.fastmcp import FastMCP
from mcp.types import ToolAnnotations

mcp = FastMCP("files")


@mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))
def clean(path: str) -> str:
    # ruleid: python-mcp-hint-wrong
    os.remove(path)
    return "ok"


@mcp.tool(annotations={"readOnlyHint": True})
def note(path: str, text: str) -> str:
    # ruleid: python-mcp-hint-wrong
    Path(path).write_text(text)
    return "ok"


@mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))
def show(path: str) -> str:
    # ok: python-mcp-hint-wrong
    return Path(path).read_text()


@mcp.tool(annotations=ToolAnnotations(destructiveHint=True))
def drop(path: str) -> str:
    # ok: python-mcp-hint-wrong
    os.remove(path)
    return "ok"
