import json

from openai import OpenAI
from pymongo import MongoClient

client = OpenAI()
orders = MongoClient().shop.orders


def ask(question):
    reply = client.chat.completions.create(model="m", messages=question)
    return reply.choices[0].message.content


def search(question):
    query = json.loads(ask(question))
    # ruleid: python-model-output-nosql
    return list(orders.find(query))


def clean(question):
    # ruleid: python-model-output-nosql
    orders.delete_many(json.loads(ask(question)))


def one(question):
    wanted = OrderFilter.model_validate_json(ask(question))
    # ok: python-model-output-nosql
    return orders.find_one({"status": wanted.status})


def text(question):
    # ok: python-model-output-nosql
    return orders.find_one({"name": str(ask(question))})
