# ruleid: bash-secret-in-prompt
claude -p "Call the service with the key $SERVICE_API_KEY and list the orders"
# ruleid: bash-secret-in-prompt
codex exec "push with https://x:${GITHUB_TOKEN}@example.com/repo.git"
# ok: bash-secret-in-prompt
claude -p "List the open issues"
# ok: bash-secret-in-prompt
curl -H "Authorization: Bearer $SERVICE_API_KEY" https://api.example.com/orders
# ok: bash-secret-in-prompt
claude -p "At most $MAX_TOKENS_WANTED words"
