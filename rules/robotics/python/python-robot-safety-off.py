from dronekit import connect
from lerobot.robots.so100_follower import SO100FollowerConfig
from xarm.wrapper import XArmAPI

arm = XArmAPI("192.0.2.8")
vehicle = connect("udp:127.0.0.1:14550")

# ruleid: python-robot-safety-off
arm.set_collision_sensitivity(0)
# ok: python-robot-safety-off
arm.set_collision_sensitivity(3)
# ruleid: python-robot-safety-off
vehicle.parameters["ARMING_CHECK"] = 0
# ok: python-robot-safety-off
vehicle.parameters["ARMING_CHECK"] = 1
# ok: python-robot-safety-off
vehicle.parameters["WPNAV_SPEED"] = 0
# ruleid: python-robot-safety-off
plan, fraction = group.compute_cartesian_path(points, 0.01, avoid_collisions=False)
# ok: python-robot-safety-off
plan, fraction = group.compute_cartesian_path(points, 0.01)
# ruleid: python-robot-safety-off
config = SO100FollowerConfig(port="/dev/ttyACM0", max_relative_target=None)
# ok: python-robot-safety-off
config = SO100FollowerConfig(port="/dev/ttyACM0", max_relative_target=5)
