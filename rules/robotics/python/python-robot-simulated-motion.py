import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import mujoco
import numpy as np
import pybullet as p


def reach(prompt, arm, data):
    step = ask(prompt)
    # ruleid: python-robot-simulated-motion
    p.setJointMotorControl2(arm, 3, p.POSITION_CONTROL, targetPosition=step["angle"])
    # ruleid: python-robot-simulated-motion
    data.ctrl[:] = step["torques"]


def reach_inside(prompt, arm):
    step = ask(prompt)
    # ok: python-robot-simulated-motion
    p.setJointMotorControl2(arm, 3, p.POSITION_CONTROL, targetPosition=np.clip(step["angle"], -1.0, 1.0))


def reset(arm, data):
    # ok: python-robot-simulated-motion
    p.resetJointState(arm, 3, 0.0)
    # ok: python-robot-simulated-motion
    data.ctrl[:] = 0
