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


async def run_script(prompt):
    script = ""
    async for token in tokens(prompt):
        script += token
    process = await asyncio.create_subprocess_shell(
        # finding: python-model-output-shell
        script,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    return output.decode()
