"""Tokens as an async generator, collected by whoever wants them."""
import asyncio

from anthropic import AsyncAnthropic

client = AsyncAnthropic()


async def tokens(prompt):
    async with client.messages.stream(
        model="claude-sonnet-4-5", max_tokens=2048, messages=[{"role": "user", "content": prompt}]
    ) as stream:
        async for text in stream.text_stream:
            yield text


async def speak(prompt):
    text = ""
    async for token in tokens(prompt):
        text += token
    process = await asyncio.create_subprocess_exec("espeak", "--stdin", stdin=asyncio.subprocess.PIPE)
    await process.communicate(text.encode())
