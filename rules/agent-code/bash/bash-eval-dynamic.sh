#!/usr/bin/env bash

run() {
  # ruleid: bash-eval-dynamic
  eval "$1"
  # ruleid: bash-eval-dynamic
  eval "$@"
}

cmd="docker run --rm $image"
# ruleid: bash-eval-dynamic
eval "$cmd"
# ruleid: bash-eval-dynamic
eval $cmd
# ruleid: bash-eval-dynamic
eval "docker run --rm $image"
# ruleid: bash-eval-dynamic
eval "${commands[0]}"

# ok: bash-eval-dynamic
eval "$(ssh-agent -s)"
# ok: bash-eval-dynamic
eval "$(direnv hook bash)"
# ok: bash-eval-dynamic
eval 'echo done'
# ok: bash-eval-dynamic
eval "value=\$$name"
# ok: bash-eval-dynamic
"${cmd[@]}"
# ok: bash-eval-dynamic
evaluate "$cmd"
# eval "$cmd"
# ok: bash-eval-dynamic
echo "eval $cmd"

CHECK="${PYTHON} -c 'import sys; sys.exit(sys.version_info < (3, 12))'"
# ok: bash-eval-dynamic
eval $CHECK || exit 1
STEP='make install'
echo "installing"
# ok: bash-eval-dynamic
eval "$STEP"
STEP="make $target"
# ruleid: bash-eval-dynamic
eval "$STEP"
# ok: bash-eval-dynamic
old=$(eval "echo \$$name")
