from flask import request
from openai import OpenAI

client = OpenAI()
RULES = "You answer questions about invoices."


def ask():
    persona = request.json["persona"]
    return client.chat.completions.create(
        model="m",
        messages=[
            # ruleid: python-untrusted-system-prompt
            {"role": "system", "content": f"You are {persona}. " + RULES},
            # ok: python-untrusted-system-prompt
            {"role": "user", "content": request.json["question"]},
        ],
    )


def respond():
    # ruleid: python-untrusted-system-prompt
    return client.responses.create(model="m", input="hello", instructions=request.args["instructions"])


LANGUAGES = {"de": "Answer in German.", "en": "Answer in English."}


def fixed():
    count = int(request.args["sentences"])
    # ok: python-untrusted-system-prompt
    first = {"role": "system", "content": f"Use {count} sentences."}
    # ok: python-untrusted-system-prompt
    second = {"role": "system", "content": LANGUAGES[request.args["language"]]}
    # ok: python-untrusted-system-prompt
    return client.responses.create(model="m", input=request.json["question"], instructions=RULES)
