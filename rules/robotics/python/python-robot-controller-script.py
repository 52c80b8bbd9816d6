import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import socket

from rtde_control import RTDEControlInterface

rtde_c = RTDEControlInterface("192.0.2.7")


def run(prompt):
    script = ask(prompt)["script"]
    # ruleid: python-robot-controller-script
    rtde_c.sendCustomScript(script)


def run_raw(prompt):
    program = ask(prompt)["program"] + "\n"
    with socket.create_connection(("192.0.2.7", 30002)) as link:
        # ruleid: python-robot-controller-script
        link.sendall(program.encode())


def wave():
    # ok: python-robot-controller-script
    rtde_c.sendCustomScriptFunction("wave", "movej([0,0,0,0,0,0], a=0.2, v=0.1)")


PROGRAMS = {"wave": "movej([0,0,0,0,0,0], a=0.2, v=0.1)"}


def named(prompt):
    # ok: python-robot-controller-script
    rtde_c.sendCustomScript(PROGRAMS[ask(prompt)["name"]])
