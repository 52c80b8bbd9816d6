"""Many prompts at once, then every answer is saved under its own name."""
import asyncio
import os

from google import genai

client = genai.Client()


async def one(name, prompt):
    response = await client.aio.models.generate_content(model="gemini-2.5-flash", contents=prompt)
    return {"name": name, "body": response.text}


async def all_of(prompts):
    return await asyncio.gather(*(one(name, prompt) for name, prompt in prompts.items()))


def build_site(prompts):
    for page in asyncio.run(all_of(prompts)):
        with open(os.path.join("site", page["name"] + ".html"), "w") as file:
            file.write(page["body"])
