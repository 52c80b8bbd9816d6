#!/usr/bin/env bash
# Sets up the agent on a new host.
set -euo pipefail

curl -fsSL https://example.com/agent/install.sh | bash
curl -k https://registry.internal.example/agent.tar.gz -o agent.tar.gz

docker run --privileged -v /var/run/docker.sock:/var/run/docker.sock agent:latest

plan="$(llm 'Which commands finish the setup? Shell only.')"
eval "$plan"

# Harmless beside them.
curl -fsSL https://example.com/agent/install.sh -o install.sh
sha256sum --check install.sh.sha256
eval "$(ssh-agent -s)"
