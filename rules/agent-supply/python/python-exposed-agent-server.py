import gradio as gr
import uvicorn
from fastmcp import FastMCP
from mcp.server.fastmcp import FastMCP as OfficialMCP

# ruleid: python-exposed-agent-server
official = OfficialMCP("files", host="0.0.0.0", port=8000)

server = FastMCP("shell")


@server.tool()
def read(path: str) -> str:
    return open(path).read()


def serve():
    # ruleid: python-exposed-agent-server
    server.run(transport="sse", host="0.0.0.0", port=9000)


async def serve_async():
    # ruleid: python-exposed-agent-server
    await server.run_async(transport="streamable-http", host="::", port=9000)


def demo(fn):
    # ruleid: python-exposed-agent-server
    gr.Interface(fn, "text", "text").launch(share=True)
    # ruleid: python-exposed-agent-server
    gr.ChatInterface(fn).launch(server_name="0.0.0.0", server_port=7860)


def good(fn, app, browser):
    # ok: python-exposed-agent-server
    server.run(transport="stdio")
    # ok: python-exposed-agent-server
    server.run(transport="sse", host="127.0.0.1")
    # ok: python-exposed-agent-server
    gr.ChatInterface(fn).launch(share=True, auth=("me", "secret from the store"))
    # ok: python-exposed-agent-server
    gr.ChatInterface(fn).launch()
    # ok: python-exposed-agent-server
    browser.chromium.launch(headless=True)
    # ok: python-exposed-agent-server
    uvicorn.run(app, host="0.0.0.0")
    # ok: python-exposed-agent-server
    FastMCP("docs", auth=provider, host="0.0.0.0")
