"""Many prompts at once, then every answer is applied."""
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
        title, _, body = page["body"].partition("\n")
        # finding: python-model-output-file
        with open(os.path.join("site", title + ".html"), "w") as file:
            file.write(body)
