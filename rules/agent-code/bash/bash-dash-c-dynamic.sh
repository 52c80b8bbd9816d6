#!/usr/bin/env bash

# ruleid: bash-dash-c-dynamic
bash -c "$1"
# ruleid: bash-dash-c-dynamic
sh -c "$command"
# ruleid: bash-dash-c-dynamic
bash -lc $command
# ruleid: bash-dash-c-dynamic
sudo sh -c "$command"
# ruleid: bash-dash-c-dynamic
exec_in() { zsh -c "$*"; }

# ok: bash-dash-c-dynamic
bash -c 'echo "$1"' _ "$file"
# ok: bash-dash-c-dynamic
sh -c "ls -la"
# ok: bash-dash-c-dynamic
bash "$script"
# ok: bash-dash-c-dynamic
gcc -c "$file"
# ok: bash-dash-c-dynamic
tar -c "$dir"
# bash -c "$command"
# ok: bash-dash-c-dynamic
echo "bash -c $command"
