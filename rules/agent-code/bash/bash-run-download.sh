#!/usr/bin/env bash

# ruleid: bash-run-download
curl -fsSL https://example.com/install.sh | bash
# ruleid: bash-run-download
curl -sSf https://example.com/rustup.sh | sh -s -- -y
# ruleid: bash-run-download
wget -qO- https://example.com/setup.sh | sudo bash
# ruleid: bash-run-download
bash -c "$(curl -fsSL https://example.com/install.sh)"
# ruleid: bash-run-download
bash <(curl -s https://example.com/install.sh) --yes
# ruleid: bash-run-download
source <(curl -s https://example.com/env.sh)
# ruleid: bash-run-download
curl -s https://example.com/a.gz | gunzip | sh

# ok: bash-run-download
curl -fsSLo install.sh https://example.com/install.sh
# ok: bash-run-download
curl -s https://example.com/data.json | jq -r .name
# ok: bash-run-download
wget -q https://example.com/file.tar.gz
# ok: bash-run-download
cat install.sh | bash
# ok: bash-run-download
source <(kubectl completion bash)
# ok: bash-run-download
sh install.sh
# curl https://example.com/install.sh | bash
# ok: bash-run-download
echo "curl https://example.com/install.sh | bash"
