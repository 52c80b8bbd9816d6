from lerobot.robots.so100_follower import SO100FollowerConfig
from xarm.wrapper import XArmAPI

arm = XArmAPI("192.0.2.8")

# ruleid: python-robot-guard-off
arm.set_self_collision_detection(False)
# ok: python-robot-guard-off
arm.set_self_collision_detection(True)
# ruleid: python-robot-guard-off
arm.set_fence_mode(False)
# ruleid: python-robot-guard-off
config = SO100FollowerConfig(port="/dev/ttyACM0", max_relative_target=None)
# ok: python-robot-guard-off
config = SO100FollowerConfig(port="/dev/ttyACM0", max_relative_target=5)
# ok: python-robot-guard-off
config = SO100FollowerConfig(port="/dev/ttyACM0")
