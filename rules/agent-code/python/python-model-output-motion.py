import json

import numpy as np
import rospy
from geometry_msgs.msg import Twist
from openai import OpenAI
from strands import tool

client = OpenAI()
publisher = rospy.Publisher("/cmd_vel", Twist, queue_size=1)


def drive(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    step = json.loads(reply.choices[0].message.content)
    twist = Twist()
    twist.linear.x = float(step["speed"])
    # ruleid: python-model-output-motion
    publisher.publish(twist)


def drive_slowly(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    step = json.loads(reply.choices[0].message.content)
    twist = Twist()
    twist.linear.x = float(np.clip(step["speed"], -0.2, 0.2))
    # ok: python-model-output-motion
    publisher.publish(twist)


@tool
def move_arm(x: float, y: float, z: float) -> None:
    # ruleid: python-model-output-motion
    robot.move_to([x, y, z])


@tool
def lift(height: float) -> None:
    # ok: python-model-output-motion
    robot.move_to(z=max(0.0, min(height, 0.4)))


@tool
def reach(pose: list) -> None:
    if rtde_c.isPoseWithinSafetyLimits(pose):
        # ok: python-model-output-motion
        rtde_c.moveL(pose, 0.1, 0.3)


PLACES = {"home": [0, 0, 0.3], "bin": [0.2, 0.1, 0.3]}


@tool
def go(place: str) -> None:
    # ok: python-model-output-motion
    robot.move_to(PLACES[place])
    # ok: python-model-output-motion
    robot.move_to([0.1, 0.1, 0.2])
