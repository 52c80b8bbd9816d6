#!/bin/bash
# ruleid: bash-privilege-opened
chmod -R 777 /srv/data
# ruleid: bash-privilege-opened
echo "agent ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers
# ruleid: bash-privilege-opened
setcap cap_setuid+ep ./tool
# ok: bash-privilege-opened
chmod 755 run.sh
# ok: bash-privilege-opened
chmod u+w,g-w notes.txt
# ok: bash-privilege-opened
setcap cap_net_bind_service+ep ./web
# ok: bash-privilege-opened
if grep -q '^user ALL=(ALL) NOPASSWD: ALL' /etc/sudoers; then echo there; fi
