"""A research agent with a tool that reads pages."""
import asyncio

import httpx
from agents import Agent, Runner, function_tool


@function_tool
async def read_page(url: str) -> str:
    """Fetch a page and return its text."""
    async with httpx.AsyncClient(follow_redirects=True) as http:
        # finding: python-model-output-url
        response = await http.get(url, timeout=20)
    return response.text[:20_000]


researcher = Agent(name="Researcher", instructions="Answer with sources.", tools=[read_page])


async def main(question):
    result = await Runner.run(researcher, question)
    print(result.final_output)


asyncio.run(main("What changed in TLS 1.3?"))
