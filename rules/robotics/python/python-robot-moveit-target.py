import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import moveit_commander
import numpy as np
from geometry_msgs.msg import Pose

group = moveit_commander.MoveGroupCommander("manipulator")
HOME = [0.0, -1.57, 1.57, 0.0, 0.0, 0.0]


def reach(prompt):
    target = ask(prompt)
    # ruleid: python-robot-moveit-target
    group.set_pose_target(target["pose"])
    group.go(wait=True)
    # ruleid: python-robot-moveit-target
    group.go(target["joints"], wait=True)


def reach_inside(prompt):
    x, y, z = ask(prompt)["position"]
    pose = Pose()
    pose.position.x = np.clip(x, 0.2, 0.5)
    pose.position.y = np.clip(y, -0.3, 0.3)
    pose.position.z = np.clip(z, 0.05, 0.4)
    # ok: python-robot-moveit-target
    group.set_pose_target(pose)


def checked(prompt):
    pose = ask(prompt)["pose"]
    if not in_workspace(pose):
        raise ValueError("outside the workspace")
    # ok: python-robot-moveit-target
    group.set_pose_target(pose)


def home():
    # ok: python-robot-moveit-target
    group.go(HOME, wait=True)
