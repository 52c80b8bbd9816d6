import json

from langchain import hub
from langchain_core.load import dumps, loads
from langchain_core.messages import messages_from_dict
from langchain_core.prompts import load_prompt


def restore(cache, key):
    # ruleid: python-langchain-load-untrusted
    return loads(cache.get(key), secrets_from_env=True)


def prompt(path):
    # ruleid: python-langchain-load-untrusted
    first = load_prompt(path)
    # ruleid: python-langchain-load-untrusted
    second = hub.pull("acme/summary", include_model=True)
    return first, second


def clone(chain):
    # ok: python-langchain-load-untrusted
    return loads(dumps(chain))


def history(stored):
    # ok: python-langchain-load-untrusted
    return messages_from_dict(json.loads(stored))


# ok: python-langchain-load-untrusted
fixed = load_prompt("prompts/summary.yaml")
