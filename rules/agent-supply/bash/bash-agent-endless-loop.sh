# ruleid: bash-agent-endless-loop
while true; do
  claude -p "$(cat PROMPT.md)"
  sleep 5
done

# ruleid: bash-agent-endless-loop
while :; do
  codex exec "fix the next failing test"
done

# ok: bash-agent-endless-loop
for run in 1 2 3; do
  claude -p "fix the next failing test"
done

# ok: bash-agent-endless-loop
while true; do
  date
  sleep 60
done
