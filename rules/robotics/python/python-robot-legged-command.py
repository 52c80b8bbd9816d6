import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


from bosdyn.client.robot_command import RobotCommandBuilder
from unitree_sdk2py.go2.sport.sport_client import SportClient

sport = SportClient()


def walk(prompt, command_client):
    step = ask(prompt)
    # ruleid: python-robot-legged-command
    sport.Move(step["vx"], step["vy"], 0.0)
    command = RobotCommandBuilder.synchro_velocity_command(v_x=step["vx"], v_y=0.0, v_rot=0.0)
    # ruleid: python-robot-legged-command
    command_client.robot_command(command)


def walk_slowly(prompt, command_client):
    step = ask(prompt)
    vx = max(-0.3, min(float(step["vx"]), 0.3))
    # ok: python-robot-legged-command
    sport.Move(vx, 0.0, 0.0)
    command = RobotCommandBuilder.synchro_velocity_command(v_x=vx, v_y=0.0, v_rot=0.0)
    # ok: python-robot-legged-command
    command_client.robot_command(command)


def stand(command_client):
    # ok: python-robot-legged-command
    command_client.robot_command(RobotCommandBuilder.synchro_stand_command())
    # ok: python-robot-legged-command
    sport.Move(0.1, 0.0, 0.0)
