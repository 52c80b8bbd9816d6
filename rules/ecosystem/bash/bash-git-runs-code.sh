#!/bin/bash
# ruleid: bash-git-runs-code
git config core.fsmonitor ./watch.sh
# ruleid: bash-git-runs-code
git config --global core.hooksPath /tmp/hooks
# ruleid: bash-git-runs-code
git config alias.up '!sh update.sh'
# ok: bash-git-runs-code
git config core.hooksPath .husky
# ok: bash-git-runs-code
git config user.name "A Person"
# ok: bash-git-runs-code
git config alias.st status

# No hooks at all: nothing runs.
# ok: bash-git-runs-code
git config --global core.hooksPath /dev/null
# ok: bash-git-runs-code
git config --local core.editor "code --wait"
# ok: bash-git-runs-code
git config --global credential.helper manager
# ok: bash-git-runs-code
git config --local alias.graph "!git log --graph"
