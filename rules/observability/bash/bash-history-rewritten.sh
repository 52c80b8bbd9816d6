#!/bin/bash
# ruleid: bash-history-rewritten
GIT_AUTHOR_DATE="2024-01-01" git commit -m "old"
# ruleid: bash-history-rewritten
git commit --amend --no-edit --date "yesterday"
# ruleid: bash-history-rewritten
sed -i '/Co-authored-by/d' "$1"
# ok: bash-history-rewritten
git commit --amend --no-edit
# ok: bash-history-rewritten
git log --format=%an
# ok: bash-history-rewritten
grep -c "Co-authored-by" README.md
