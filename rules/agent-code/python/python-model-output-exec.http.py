import requests


def settings():
    # ok: python-model-output-exec
    exec(requests.post("https://api.openai.com/v1/models", timeout=5).json()["x"])
    # ruleid: python-model-output-exec
    exec(requests.post("https://api.openai.com/v1/chat/completions", timeout=5).json()["x"])
    # ruleid: python-model-output-exec
    exec(requests.post("https://router.huggingface.co/m", timeout=5).json()["x"])
