import os

from pymavlink import mavutil

# ruleid: python-robot-link-open
open_link = mavutil.mavlink_connection("udpin:0.0.0.0:14550")
# ruleid: python-robot-link-open
os.environ["ROS_SECURITY_ENABLE"] = "false"
# ok: python-robot-link-open
local = mavutil.mavlink_connection("udpin:127.0.0.1:14550")
# ok: python-robot-link-open
serial = mavutil.mavlink_connection("/dev/ttyACM0", baud=115200)
