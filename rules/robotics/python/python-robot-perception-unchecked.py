import rospy


def fetch(env, name):
    # ruleid: python-robot-perception-unchecked
    env.goto_pos(env.get_obj_pos(name))


def stack(camera):
    # ruleid: python-robot-perception-unchecked
    block = camera.detect_objects("block")[0]
    env.pick(block.pose)


def grasp_first(camera, arm):
    boxes = camera.detect(threshold=0.5)
    # ruleid: python-robot-perception-unchecked
    arm.move_to_pose(boxes[0].pose)


def grasp_if_seen(camera, arm):
    boxes = camera.detect(threshold=0.5)
    if not boxes:
        rospy.logwarn("nothing in view")
        return
    # ok: python-robot-perception-unchecked
    arm.move_to_pose(boxes[0].pose)


def fetch_carefully(env, name):
    position = env.get_obj_pos(name)
    if position is None:
        return
    # ok: python-robot-perception-unchecked
    env.goto_pos(position)


def home(env):
    # ok: python-robot-perception-unchecked
    env.goto_pos((0.0, -0.4))
