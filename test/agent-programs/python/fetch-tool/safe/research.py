"""A research agent with a tool that reads articles of one site."""
import asyncio
from urllib.parse import quote

import httpx
from agents import Agent, Runner, function_tool


@function_tool
async def read_article(title: str) -> str:
    """Fetch an article and return its text."""
    async with httpx.AsyncClient() as http:
        response = await http.get(f"https://en.wikipedia.org/wiki/{quote(title)}", timeout=20)
    return response.text[:20_000]


researcher = Agent(name="Researcher", instructions="Answer with sources.", tools=[read_article])


async def main(question):
    result = await Runner.run(researcher, question)
    print(result.final_output)


asyncio.run(main("What changed in TLS 1.3?"))
