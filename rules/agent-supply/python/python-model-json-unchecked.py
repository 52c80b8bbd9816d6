import json

from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.responses.create(model="m", input=question).output_text


def name(question):
    # ruleid: python-model-json-unchecked
    return json.loads(ask(question))["name"]


def price(question):
    reply = ask(question)
    # ruleid: python-model-json-unchecked
    return json.loads(reply.strip("`")).get("price")


def checked(question):
    # ok: python-model-json-unchecked
    return Step.model_validate_json(ask(question)).name


def settings(path):
    # ok: python-model-json-unchecked
    return json.loads(path.read_text())["name"]
