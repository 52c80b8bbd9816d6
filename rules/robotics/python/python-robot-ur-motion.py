import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


from rtde_control import RTDEControlInterface

rtde_c = RTDEControlInterface("192.0.2.7")
HOME = [0.1, -0.4, 0.3, 0, 3.14, 0]


def reach(prompt):
    step = ask(prompt)
    # ruleid: python-robot-ur-motion
    rtde_c.moveL(step["pose"], 0.1, 0.3)
    # ruleid: python-robot-ur-motion
    rtde_c.speedJ(step["speeds"], 0.5, 1.0)
    # ruleid: python-robot-ur-motion
    rtde_c.moveL(HOME, step["speed"], 0.3)


def reach_safely(prompt):
    pose = ask(prompt)["pose"]
    if not rtde_c.isPoseWithinSafetyLimits(pose):
        raise ValueError("outside the safety limits")
    # ok: python-robot-ur-motion
    rtde_c.moveL(pose, 0.1, 0.3)


def slow(prompt):
    # ok: python-robot-ur-motion
    rtde_c.moveL(HOME, max(0.01, min(ask(prompt)["speed"], 0.1)), 0.3)
    # ok: python-robot-ur-motion
    rtde_c.moveJ([0.0, -1.57, 1.57, 0.0, 0.0, 0.0], 0.2)
