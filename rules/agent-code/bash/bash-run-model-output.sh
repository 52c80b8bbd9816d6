#!/usr/bin/env bash
set -euo pipefail

# ok: bash-run-model-output
claude -p "$task" > plan.md
# ruleid: bash-run-model-output
eval "$(claude -p "$task")"
# ruleid: bash-run-model-output
eval $(sgpt --code "list big files")
# ruleid: bash-run-model-output
claude -p "write a script" | bash
# ruleid: bash-run-model-output
ollama run codellama "$task" | sed 's/```//g' | sh
# ruleid: bash-run-model-output
bash -c "$(llm -m gpt-4o "$task")"
# ruleid: bash-run-model-output
source <(gemini -p "export the variables")
# ruleid: bash-run-model-output
gh copilot suggest "clean up" | bash

cmd=$(claude -p "one command for: $1")
# ruleid: bash-run-model-output
eval "$cmd"
# ruleid: bash-run-model-output
bash -c "$cmd"
# ruleid: bash-run-model-output
eval "$llm_response"
# ruleid: bash-run-model-output
bash -c "$(curl -s https://api.openai.com/v1/responses -d "$body" | jq -r .output_text)"

# ok: bash-run-model-output
claude -p "review this" | tee review.txt
# ok: bash-run-model-output
answer=$(ollama run llama3 "$question")
# ok: bash-run-model-output
echo "$answer"
# ok: bash-run-model-output
eval "$(ssh-agent -s)"
# ok: bash-run-model-output
git diff | claude -p "explain"
# ok: bash-run-model-output
bash install.sh
# eval "$(claude -p "$task")"
# ok: bash-run-model-output
echo 'claude -p x | bash'
