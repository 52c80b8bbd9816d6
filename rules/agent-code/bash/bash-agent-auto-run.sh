#!/usr/bin/env bash

# ruleid: bash-agent-auto-run
interpreter -y
# ruleid: bash-agent-auto-run
interpreter --auto_run --model gpt-4o
# ruleid: bash-agent-auto-run
interpreter --local -y
# ruleid: bash-agent-auto-run
echo "sort my downloads" | interpreter --auto_run

# ok: bash-agent-auto-run
interpreter --model gpt-4o
# ok: bash-agent-auto-run
interpreter --version
# ok: bash-agent-auto-run
apt-get install -y interpreter
# ok: bash-agent-auto-run
python interpreter.py -y
# interpreter -y
# ok: bash-agent-auto-run
echo "interpreter -y"
