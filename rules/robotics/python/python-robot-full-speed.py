import moveit_commander

group = moveit_commander.MoveGroupCommander("arm")
# ruleid: python-robot-full-speed
group.set_max_velocity_scaling_factor(1.0)
# ruleid: python-robot-full-speed
request.max_acceleration_scaling_factor = 1.0
# ok: python-robot-full-speed
group.set_max_velocity_scaling_factor(0.1)
# ok: python-robot-full-speed
group.set_planning_time(1.0)
