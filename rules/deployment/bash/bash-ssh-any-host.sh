#!/bin/bash
# ruleid: bash-ssh-any-host
ssh -o StrictHostKeyChecking=no deploy@host ./run.sh
# ruleid: bash-ssh-any-host
export ANSIBLE_HOST_KEY_CHECKING=False
# ok: bash-ssh-any-host
ssh -o StrictHostKeyChecking=yes deploy@host ./run.sh
# ok: bash-ssh-any-host
ssh-keyscan host >> known_hosts.new
