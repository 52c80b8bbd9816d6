#!/usr/bin/env bash
set -euo pipefail

# ruleid: bash-tls-verification-off
curl -k https://gateway.internal/v1/models

# ruleid: bash-tls-verification-off
curl -fsSLk -o model.bin https://models.internal/model.bin

# ruleid: bash-tls-verification-off
models=$(curl --silent --insecure "https://gateway.internal/v1/models" | jq .)

# ruleid: bash-tls-verification-off
wget --no-check-certificate https://models.internal/model.bin

# ruleid: bash-tls-verification-off
export NODE_TLS_REJECT_UNAUTHORIZED=0

# ruleid: bash-tls-verification-off
git -c http.sslVerify=false clone https://git.internal/tools.git

# ruleid: bash-tls-verification-off
npm config set strict-ssl false

# ok: bash-tls-verification-off
curl -fsSL --cacert company.pem https://gateway.internal/v1/models

# ok: bash-tls-verification-off
curl --keepalive-time 20 https://example.org

# ok: bash-tls-verification-off
curl -H "X-Key: k" -o k.json https://example.org

# ok: bash-tls-verification-off
export NODE_TLS_REJECT_UNAUTHORIZED=1

# ok: bash-tls-verification-off
echo "do not use curl -k"

# ok: bash-tls-verification-off
sort -k 2 names.txt

# ok: bash-tls-verification-off
git config --global http.sslVerify true
