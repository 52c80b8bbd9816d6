#!/usr/bin/env bash
set -euo pipefail
TASK="fix the failing test"

# ruleid: bash-agent-permissions-bypassed
claude -p "$TASK" --dangerously-skip-permissions

# ruleid: bash-agent-permissions-bypassed
npx -y @anthropic-ai/claude-code@1.0.0 --print "$TASK" --permission-mode bypassPermissions

# ruleid: bash-agent-permissions-bypassed
codex exec --dangerously-bypass-approvals-and-sandbox "$TASK"

if [ -n "${CI:-}" ]; then
  # ruleid: bash-agent-permissions-bypassed
  timeout 600 gemini --yolo -p "$TASK" | tee log.txt
fi

# ruleid: bash-agent-permissions-bypassed
plan=$(copilot -p "$TASK" --allow-all-tools)

# ruleid: bash-agent-permissions-bypassed
codex exec -s danger-full-access "$TASK"

# ruleid: bash-agent-permissions-bypassed
cursor-agent -p --force "$TASK"

# ok: bash-agent-permissions-bypassed
claude -p "$TASK" --permission-mode plan --allowedTools "Read,Grep"

# ok: bash-agent-permissions-bypassed
codex exec --sandbox workspace-write "$TASK"

# ok: bash-agent-permissions-bypassed
echo "never use --dangerously-skip-permissions"

# ok: bash-agent-permissions-bypassed
grep -rn -- --dangerously-skip-permissions .

# ok: bash-agent-permissions-bypassed
apt-get install -y curl

# ok: bash-agent-permissions-bypassed
rm -f cursor-agent.log

# ok: bash-agent-permissions-bypassed
gemini -p "$TASK"
