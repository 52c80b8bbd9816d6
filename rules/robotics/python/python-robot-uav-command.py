import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import dronekit
from djitellopy import Tello
from pymavlink import mavutil

vehicle = dronekit.connect("udp:127.0.0.1:14550")
link = mavutil.mavlink_connection("udp:127.0.0.1:14551")
tello = Tello()
MAX_HEIGHT = 20.0


def take_off(prompt):
    step = ask(prompt)
    # ruleid: python-robot-uav-command
    vehicle.simple_takeoff(step["height"])
    # ruleid: python-robot-uav-command
    link.mav.command_long_send(1, 1, mavutil.mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 0, step["height"])
    # ruleid: python-robot-uav-command
    tello.move_forward(int(step["distance"]))


def take_off_low(prompt):
    step = ask(prompt)
    # ok: python-robot-uav-command
    vehicle.simple_takeoff(min(max(float(step["height"]), 2.0), MAX_HEIGHT))
    target = dronekit.LocationGlobalRelative(step["lat"], step["lon"], 10)
    if not inside_geofence(target):
        raise ValueError("outside the fence")
    # ok: python-robot-uav-command
    vehicle.simple_goto(target)


def arm():
    # ok: python-robot-uav-command
    link.mav.command_long_send(1, 1, mavutil.mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 0, 1, 0, 0, 0, 0, 0, 0)
    # ok: python-robot-uav-command
    vehicle.mode = dronekit.VehicleMode("GUIDED")
    # ok: python-robot-uav-command
    tello.move_up(30)
