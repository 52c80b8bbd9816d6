#!/bin/bash
# ruleid: bash-robot-link-open
export ROS_SECURITY_ENABLE=false
# ruleid: bash-robot-link-open
roslaunch rosbridge_server rosbridge_websocket.launch
# ok: bash-robot-link-open
roslaunch rosbridge_server rosbridge_websocket.launch address:=127.0.0.1
# ok: bash-robot-link-open
export ROS_LOCALHOST_ONLY=1
