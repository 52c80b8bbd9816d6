import json

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    reply = client.chat.completions.create(model="m", messages=prompt)
    return json.loads(reply.choices[0].message.content)


import RPi.GPIO as GPIO
import smbus
from gpiozero import AngularServo

pwm = GPIO.PWM(18, 50)
servo = AngularServo(17)
bus = smbus.SMBus(1)


def drive(prompt):
    step = ask(prompt)
    # ruleid: python-robot-gpio-output
    pwm.ChangeDutyCycle(step["duty"])
    # ruleid: python-robot-gpio-output
    servo.angle = float(step["angle"])
    # ruleid: python-robot-gpio-output
    bus.write_byte_data(0x40, 0x06, step["register"])


def drive_slowly(prompt):
    step = ask(prompt)
    # ok: python-robot-gpio-output
    pwm.ChangeDutyCycle(min(max(float(step["duty"]), 0.0), 40.0))
    angle = float(step["angle"])
    if not -45 <= angle <= 45:
        raise ValueError(angle)
    # ok: python-robot-gpio-output
    servo.angle = angle


def blink():
    # ok: python-robot-gpio-output
    GPIO.output(18, GPIO.HIGH)
    # ok: python-robot-gpio-output
    pwm.ChangeDutyCycle(7.5)
