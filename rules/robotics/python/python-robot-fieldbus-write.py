import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import paho.mqtt.client as mqtt
import serial
from pymodbus.client import ModbusTcpClient

port = serial.Serial("/dev/ttyUSB0", 115200)
plc = ModbusTcpClient("192.0.2.9")
broker = mqtt.Client()
COMMANDS = {"home": b"G28\n", "stop": b"M112\n"}


def run(prompt):
    step = ask(prompt)
    # ruleid: python-robot-fieldbus-write
    port.write(step["gcode"].encode())
    # ruleid: python-robot-fieldbus-write
    plc.write_register(40, int(step["pressure"]))
    # ruleid: python-robot-fieldbus-write
    broker.publish("plant/valve/set", step["opening"])


def run_named(prompt):
    step = ask(prompt)
    # ok: python-robot-fieldbus-write
    port.write(COMMANDS[step["name"]])
    # ok: python-robot-fieldbus-write
    plc.write_register(40, max(0, min(int(step["pressure"]), 60)))
    # ok: python-robot-fieldbus-write
    broker.publish("chat/answers", step["text"])


def stop():
    # ok: python-robot-fieldbus-write
    port.write(b"M112\n")
    # ok: python-robot-fieldbus-write
    plc.write_coil(1, False)
