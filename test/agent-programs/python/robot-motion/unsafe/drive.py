"""A rover that follows spoken wishes."""
import json

import ollama
import rclpy
from geometry_msgs.msg import Twist
from rclpy.node import Node


class Driver(Node):
    def __init__(self):
        super().__init__("driver")
        self.cmd_vel = self.create_publisher(Twist, "/cmd_vel", 10)

    def obey(self, wish: str) -> None:
        reply = ollama.chat(
            model="llama3.1", format="json", messages=[{"role": "user", "content": f"linear and angular speed for: {wish}"}]
        )
        command = json.loads(reply["message"]["content"])
        twist = Twist()
        twist.linear.x = float(command["linear"])
        twist.angular.z = float(command["angular"])
        # finding: python-robot-ros-command
        self.cmd_vel.publish(twist)


def main():
    rclpy.init()
    node = Driver()
    while True:
        node.obey(input("> "))
