import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import numpy as np
from lerobot.robots.so100_follower import SO100Follower
from xarm.wrapper import XArmAPI

arm = XArmAPI("192.0.2.8")
follower = SO100Follower(config)
LOWER, UPPER = -90, 90


def reach(prompt):
    step = ask(prompt)
    # ruleid: python-robot-servo-target
    arm.set_servo_angle(angle=step["angles"], speed=20)
    # ruleid: python-robot-servo-target
    arm.set_position(*step["position"], wait=True)
    # ruleid: python-robot-servo-target
    follower.send_action(step["action"])


def reach_slowly(prompt):
    step = ask(prompt)
    target = np.clip(step["angles"], LOWER, UPPER)
    # ok: python-robot-servo-target
    arm.set_servo_angle(angle=target, speed=20)


def replay(episode):
    for action in episode:
        # ok: python-robot-servo-target
        follower.send_action(action)
    # ok: python-robot-servo-target
    arm.set_position(200, 0, 200, wait=True)
