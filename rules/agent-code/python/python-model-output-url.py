import urllib.request
from urllib.parse import urlsplit

import httpx
import replicate
import requests
from mcp.server.fastmcp import FastMCP
from openai import OpenAI

client = OpenAI()
mcp = FastMCP("web")
ALLOWED_HOSTS = {"docs.example.org", "api.example.org"}


@mcp.tool()
async def fetch(url: str) -> str:
    async with httpx.AsyncClient() as http:
        # ruleid: python-model-output-url
        return (await http.get(url)).text


def follow(question):
    reply = client.responses.create(model="m", input=question).output_text
    for line in reply.splitlines():
        if line.startswith("http"):
            # ruleid: python-model-output-url
            requests.get(line, timeout=5)


@mcp.tool()
def fetch_known(url: str) -> str:
    if urlsplit(url).hostname not in ALLOWED_HOSTS:
        raise PermissionError(url)
    # ok: python-model-output-url
    return requests.get(url, timeout=5).text


@mcp.tool()
def article(slug: str) -> str:
    address = f"https://docs.example.org/articles/{slug}"
    # ok: python-model-output-url
    requests.post("https://api.example.org/seen", json={"slug": slug}, timeout=5)
    # ok: python-model-output-url
    return requests.get(address, timeout=5).text


def direct(question):
    body = {"model": "m", "messages": [{"role": "user", "content": question}]}
    # ok: python-model-output-url
    return requests.post("https://api.openai.com/v1/chat/completions", json=body, timeout=60).json()


@mcp.tool()
def archived(url: str, date: str) -> str:
    known = f"https://archive.example.org/available?url={url}"
    # ok: python-model-output-url
    requests.get(known + f"&timestamp={date}", timeout=5)
    # ruleid: python-model-output-url
    return requests.get(url + f"?timestamp={date}", timeout=5).text


@mcp.tool()
def checked(url: str) -> str:
    # ok: python-model-output-url
    raise httpx.HTTPError(f"not fetched: {url}")


@mcp.tool()
def search(query: str) -> list[str]:
    answer = requests.get("https://search.example.org/v1", params={"q": query}, timeout=10)
    # ok: python-model-output-url
    return [requests.get(item["link"], timeout=10).text for item in answer.json()["items"]]


@mcp.tool()
def fetch_media(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.lower()
    if not (host == "example.org" or host.endswith(".example.org")):
        raise PermissionError(url)
    # ok: python-model-output-url
    return requests.get(url, timeout=5).text


@mcp.tool()
def fetch_most(url: str) -> str:
    parts = urlsplit(url)
    if parts.netloc == "localhost":
        raise PermissionError(url)
    # ruleid: python-model-output-url
    return requests.get(url, timeout=5).text


@mcp.tool()
def fetch_output(name: str, outputs_url: str) -> str:
    shown_url = SETTINGS.outputs
    # ok: python-model-output-url
    requests.get(f"{shown_url}{name}", timeout=5)
    # ruleid: python-model-output-url
    return requests.get(f"{outputs_url}{name}", timeout=5).text


@mcp.tool()
def fetch_local(path: str) -> str:
    # ok: python-model-output-url
    first = requests.get(f"http://localhost:{PORT}/{path}", timeout=5)
    # ruleid: python-model-output-url
    return first.text + requests.get(f"http://{path}:{PORT}/", timeout=5).text


def cut_out(picture):
    made = replicate.run("someone/segment:1a2b", input={"image": picture})
    # ok: python-model-output-url
    return requests.get(made, timeout=30).content


def digest(question, channel):
    reply = client.responses.create(model="m", input=question).output_text
    known = urllib.request.Request("https://hooks.example.org/" + channel, data=reply.encode(), method="POST")
    # ok: python-model-output-url
    urllib.request.urlopen(known, timeout=10)
    # ruleid: python-model-output-url
    other = urllib.request.Request(reply, data=b"", method="POST")
    # ruleid: python-model-output-url
    urllib.request.urlopen(other, timeout=10)
