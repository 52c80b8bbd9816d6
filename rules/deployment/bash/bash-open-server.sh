#!/bin/bash
# ruleid: bash-open-server
OLLAMA_HOST=0.0.0.0 ollama serve
# ruleid: bash-open-server
jupyter lab --ip=0.0.0.0 --ServerApp.token='' --no-browser
# ruleid: bash-open-server
ray start --head --dashboard-host 0.0.0.0
# ruleid: bash-open-server
vllm serve meta-llama/Llama-3.1-8B --host 0.0.0.0
# ok: bash-open-server
vllm serve meta-llama/Llama-3.1-8B --host 0.0.0.0 --api-key "$KEY"
# ok: bash-open-server
jupyter lab --ip=127.0.0.1
# ok: bash-open-server
OLLAMA_HOST=127.0.0.1 ollama serve
