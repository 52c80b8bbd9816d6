#!/usr/bin/env bash
set -euo pipefail
MODEL="acme/moe-7b"

# ruleid: bash-trust-remote-code
vllm serve "$MODEL" --port 8000 --trust-remote-code

# ruleid: bash-trust-remote-code
python -m sglang.launch_server --model-path "$MODEL" --trust-remote-code --tp 2

# ruleid: bash-trust-remote-code
docker run --rm --gpus all vllm/vllm-openai:v0.6.3 --model "$MODEL" --trust-remote-code

if [ -n "${EVAL:-}" ]; then
  # ruleid: bash-trust-remote-code
  lm_eval --model hf --trust_remote_code --tasks mmlu | tee eval.log
fi

# ruleid: bash-trust-remote-code
export HF_DATASETS_TRUST_REMOTE_CODE=1

# ok: bash-trust-remote-code
vllm serve "$MODEL" --revision 3f2c1e0d9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d

# ok: bash-trust-remote-code
export HF_DATASETS_TRUST_REMOTE_CODE=0

# ok: bash-trust-remote-code
echo "start it without --trust-remote-code"

# ok: bash-trust-remote-code
grep -rn -- --trust-remote-code scripts/

# ok: bash-trust-remote-code
echo --trust-remote-code is off

# ok: bash-trust-remote-code
vllm serve "$MODEL" --no-trust-remote-code
