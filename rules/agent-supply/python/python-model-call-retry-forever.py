import time

from openai import OpenAI, RateLimitError

client = OpenAI()


def ask(messages):
    while True:
        try:
            # ruleid: python-model-call-retry-forever
            return client.chat.completions.create(model="m", messages=messages)
        except RateLimitError as error:
            print(error)
            time.sleep(10)


def ask_again(messages):
    reply = None
    while True:
        try:
            # ruleid: python-model-call-retry-forever
            reply = client.chat.completions.create(model="m", messages=messages)
            break
        except Exception:
            continue
    return reply


def ask_a_few_times(messages):
    attempt = 0
    while True:
        try:
            # ok: python-model-call-retry-forever
            return client.chat.completions.create(model="m", messages=messages)
        except RateLimitError:
            attempt += 1
            if attempt > 4:
                raise
            time.sleep(2**attempt)


def chat(messages):
    while True:
        line = input("> ")
        try:
            # ok: python-model-call-retry-forever
            print(client.chat.completions.create(model="m", messages=[*messages, line]))
        except RateLimitError:
            print("later")


def ticks(queue):
    while True:
        try:
            # ok: python-model-call-retry-forever
            handle(queue.get())
        except ValueError:
            time.sleep(1)
