import ast
import json

import numpy as np
from langchain.chains.llm import LLMChain
from project.agent.queue import TaskQueue


def as_tasks(assistant_reply):
    # ruleid: python-eval-model-text
    return np.array(eval(assistant_reply)).flatten().tolist()


class Queue:
    def get(self, tasks):
        # ruleid: python-eval-model-text
        return [eval(task) for task in tasks]

    def load(self, x):
        try:
            # ruleid: python-eval-model-text
            return eval(x)
        except Exception:
            return x

    def stream(self, events):
        for item in events:
            # ruleid: python-eval-model-text
            yield json.loads(json.dumps(eval(item.data)))


def read_config(config):
    if "goal" in config:
        # ruleid: python-eval-model-text
        config["goal"] = eval(config["goal"])
    return config


def answer(module_end_str, scope):
    # ruleid: python-eval-model-text
    return str(eval(module_end_str, {"np": np}, scope))


async def calculate(text):
    # ruleid: python-eval-model-text
    value = await eval(text)
    return value


def fine(model, frame, text, redis, page):
    # ok: python-eval-model-text
    model.eval()
    # ok: python-eval-model-text
    model.encoder.eval().to("cuda")
    # ok: python-eval-model-text
    value = ast.literal_eval(text)
    # ok: python-eval-model-text
    frame.eval("a + b")
    # ok: python-eval-model-text
    redis.eval("return 1", 0)
    # ok: python-eval-model-text
    eval("2 + 2")
    # ok: python-eval-model-text
    copy = eval(repr(value))
    return copy
