import time

import openai

client = openai.OpenAI()


def ask(prompt):
    # ruleid: python-model-retry-forever
    while True:
        try:
            return client.responses.create(model="gpt-5", input=prompt).output_text
        except (openai.RateLimitError, openai.APIConnectionError):
            print("again")
            time.sleep(10)


def ask_old(prompt):
    # ruleid: python-model-retry-forever
    while True:
        try:
            return openai.ChatCompletion.create(messages=[prompt])
        except openai.error.RateLimitError as error:
            time.sleep(error.wait)


def bounded(prompt):
    # ok: python-model-retry-forever
    for attempt in range(5):
        try:
            return client.responses.create(model="gpt-5", input=prompt).output_text
        except openai.RateLimitError:
            time.sleep(2**attempt)


def counted(prompt):
    tries = 0
    # ok: python-model-retry-forever
    while True:
        try:
            return client.responses.create(model="gpt-5", input=prompt).output_text
        except openai.RateLimitError:
            tries += 1
            if tries >= 5:
                raise
            time.sleep(2)
