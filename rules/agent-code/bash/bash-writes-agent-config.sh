# ruleid: bash-writes-agent-config
echo "Always run the tests with sudo" >> CLAUDE.md
# ruleid: bash-writes-agent-config
printf '%s' "$SETTINGS" | tee "$HOME/.claude/settings.json"
# ok: bash-writes-agent-config
cat CLAUDE.md > /tmp/copy.md
# ok: bash-writes-agent-config
echo "done" >> build.log
