#!/bin/bash
echo "$CODE" > /tmp/job.py
# ruleid: bash-predictable-script-file
python3 /tmp/job.py
# ruleid: bash-predictable-script-file
source /tmp/env.sh
script="$(mktemp)"
# ok: bash-predictable-script-file
bash "$script"
# ok: bash-predictable-script-file
python3 ./job.py /tmp/out.txt
