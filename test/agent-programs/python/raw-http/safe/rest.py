"""Without an SDK: the endpoint, a key and requests."""
import json
import os

import requests

ENDPOINT = "https://api.openai.com/v1/chat/completions"


class RestModel:
    def __init__(self, model="gpt-4o"):
        self.model = model
        self.headers = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}

    def __call__(self, prompt):
        body = {"model": self.model, "messages": [{"role": "user", "content": prompt}]}
        response = requests.post(ENDPOINT, headers=self.headers, json=body, timeout=60)
        response.raise_for_status()
        return response.json()["choices"][0]["message"]["content"]


def transform(rows, instruction):
    ask = RestModel()
    return json.loads(ask(f"Apply this to the rows and answer with JSON: {instruction}\n{json.dumps(rows)}"))
