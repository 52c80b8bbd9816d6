#!/bin/bash
# ruleid: bash-hooks-skipped
git commit -m "quick" --no-verify
# ruleid: bash-hooks-skipped
HUSKY=0 git push
# ruleid: bash-hooks-skipped
git push --no-verify origin main
# ok: bash-hooks-skipped
git commit -m "message"
# ok: bash-hooks-skipped
git push origin main
# ok: bash-hooks-skipped
git log -n 5
