import dronekit

vehicle = dronekit.connect("udp:127.0.0.1:14550")
# ruleid: python-robot-safety-off
vehicle.parameters["ARMING_CHECK"] = 0


def arm_setup(arm, master):
    # ruleid: python-robot-safety-off
    arm.set_collision_sensitivity(0)
    # ruleid: python-robot-safety-off
    master.mav.param_set_send(1, 1, b"FENCE_ENABLE", 0, 9)
    # ok: python-robot-safety-off
    arm.set_collision_sensitivity(3)
    # ok: python-robot-safety-off
    master.mav.param_set_send(1, 1, b"FENCE_ENABLE", 1, 9)


# ok: python-robot-safety-off
vehicle.parameters["WPNAV_SPEED"] = 0
