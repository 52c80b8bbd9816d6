from openai import OpenAI
from transformers import Trainer

client = OpenAI()


def upload():
    # ruleid: python-fine-tune-on-chats
    client.files.create(file=open("chat_logs.jsonl", "rb"), purpose="fine-tune")


def train(model, database):
    rows = database.fetch_conversations(days=30)
    # ruleid: python-fine-tune-on-chats
    Trainer(model=model, train_dataset=rows).train()


def upload_curated():
    # ok: python-fine-tune-on-chats
    client.files.create(file=open("reviewed_examples.jsonl", "rb"), purpose="fine-tune")


def train_curated(model, database):
    rows = curate(database.fetch_conversations(days=30))
    # ok: python-fine-tune-on-chats
    Trainer(model=model, train_dataset=rows).train()
