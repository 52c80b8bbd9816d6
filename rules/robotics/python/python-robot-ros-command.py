import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import numpy as np
import rospy
from geometry_msgs.msg import PoseStamped, Twist
from nav2_simple_commander.robot_navigator import BasicNavigator
from std_msgs.msg import String

cmd_vel = rospy.Publisher("/cmd_vel", Twist, queue_size=1)
speech_pub = rospy.Publisher("/speech", String, queue_size=1)
navigator = BasicNavigator()
PLACES = {"dock": PoseStamped(), "kitchen": PoseStamped()}


def drive(prompt):
    step = ask(prompt)
    twist = Twist()
    twist.linear.x = float(step["speed"])
    # ruleid: python-robot-ros-command
    cmd_vel.publish(twist)


def drive_slowly(prompt):
    step = ask(prompt)
    twist = Twist()
    twist.linear.x = float(np.clip(step["speed"], -0.2, 0.2))
    # ok: python-robot-ros-command
    cmd_vel.publish(twist)


def go(prompt):
    place = ask(prompt)
    pose = PoseStamped()
    pose.pose.position.x = place["x"]
    # ruleid: python-robot-ros-command
    navigator.goToPose(pose)
    # ok: python-robot-ros-command
    navigator.goToPose(PLACES[place["name"]])
    # ok: python-robot-ros-command
    speech_pub.publish(place["sentence"])


def stop():
    # ok: python-robot-ros-command
    cmd_vel.publish(Twist())
