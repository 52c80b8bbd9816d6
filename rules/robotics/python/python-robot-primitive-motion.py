import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import numpy as np


def run(prompt, env):
    step = ask(prompt)
    # ruleid: python-robot-primitive-motion
    env.put_first_on_second(step["object"], step["target"])
    # ruleid: python-robot-primitive-motion
    goto_pos(step["position"])


def run_inside(prompt, env):
    step = ask(prompt)
    # ok: python-robot-primitive-motion
    env.goto_pos(np.clip(step["position"], -0.3, 0.3))
    # ok: python-robot-primitive-motion
    env.put_first_on_second("red block", "blue bowl")


PLACES = {"corner": (0.1, 0.1)}


def go(prompt):
    # ok: python-robot-primitive-motion
    goto_pos(PLACES[ask(prompt)["place"]])
