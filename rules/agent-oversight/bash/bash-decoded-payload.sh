#!/usr/bin/env bash
set -euo pipefail
PAYLOAD="ZWNobyBoZWxsbwo="

# ruleid: bash-decoded-payload
echo "$PAYLOAD" | base64 -d | bash

# ruleid: bash-decoded-payload
base64 --decode payload.txt | sh

# ruleid: bash-decoded-payload
printf '%s' "$PAYLOAD" | base64 -d | gunzip -c | bash

# ruleid: bash-decoded-payload
eval "$(echo "$PAYLOAD" | base64 -d)"

# ruleid: bash-decoded-payload
echo 6563686f | xxd -r -p | python3

# ok: bash-decoded-payload
echo "$PAYLOAD" | base64 -d | tee payload.bin

# ok: bash-decoded-payload
kubectl get secret db -o json | jq -r .data.password | base64 -d

# ok: bash-decoded-payload
PASSWORD="$(echo "$PAYLOAD" | base64 -d)"

# ok: bash-decoded-payload
base64 -w0 archive.tgz | tee archive.b64

# ok: bash-decoded-payload
cat build.sh | bash

# ok: bash-decoded-payload
eval "$(ssh-agent -s)"

# ok: bash-decoded-payload
echo "base64 -d | bash is forbidden"
