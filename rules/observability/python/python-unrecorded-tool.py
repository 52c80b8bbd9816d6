import logging
import os

import requests
from agents import function_tool
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("files")
log = logging.getLogger(__name__)


@mcp.tool()
def delete(path: str) -> str:
    # ruleid: python-unrecorded-tool
    os.remove(path)
    return "done"


@function_tool
def publish(text: str) -> str:
    # ruleid: python-unrecorded-tool
    requests.post("https://blog.example.com", json={"text": text}, timeout=5)
    return "sent"


@mcp.tool()
def recorded(path: str) -> str:
    log.info("delete %s", path)
    # ok: python-unrecorded-tool
    os.remove(path)
    return "done"


def helper(path):
    # ok: python-unrecorded-tool
    os.remove(path)
