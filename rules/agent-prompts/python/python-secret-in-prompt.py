import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])


def ask(question):
    token = os.environ["GITHUB_TOKEN"]
    return client.chat.completions.create(
        model="m",
        messages=[
            # ruleid: python-secret-in-prompt
            {"role": "system", "content": f"Use this token for the API: {token}"},
            # ok: python-secret-in-prompt
            {"role": "user", "content": question},
        ],
    )


def ask_again(question):
    # ruleid: python-secret-in-prompt
    return client.responses.create(model="m", input=question + os.getenv("DB_PASSWORD", ""))


def limited(question):
    limit = os.getenv("MAX_TOKENS", "500")
    # ok: python-secret-in-prompt
    return client.responses.create(model="m", input=f"{question} (at most {limit})")


def checked(question):
    # ok: python-secret-in-prompt
    return client.responses.create(model="m", input=question, metadata={"signed": bool(os.getenv("API_KEY"))})


def described():
    # ok: python-secret-in-prompt
    graph = Graph(name="x", description=os.environ["API_TOKEN"])
    # ruleid: python-secret-in-prompt
    return graph, StructuredTool(name="x", description=os.environ["API_TOKEN"])
