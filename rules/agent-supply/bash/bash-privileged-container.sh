#!/usr/bin/env bash
set -euo pipefail
IMAGE="agent:latest"

# ruleid: bash-privileged-container
docker run --rm --privileged "$IMAGE" python agent.py

# ruleid: bash-privileged-container
docker run -d \
  --name agent \
  -v /var/run/docker.sock:/var/run/docker.sock \
  "$IMAGE"

if [ -n "${DEBUG:-}" ]; then
  # ruleid: bash-privileged-container
  sudo docker run -it --security-opt seccomp=unconfined "$IMAGE" bash
fi

# ruleid: bash-privileged-container
podman create --cap-add=SYS_ADMIN "$IMAGE"

# ruleid: bash-privileged-container
docker run --pid host "$IMAGE"

# ok: bash-privileged-container
docker run --rm --network=none --cap-drop=ALL --read-only -v "$PWD/work:/work:ro" "$IMAGE"

# ok: bash-privileged-container
docker build -t "$IMAGE" .

# ok: bash-privileged-container
echo "never use docker run --privileged"

# ok: bash-privileged-container
grep -rn -- --privileged docs/

# ok: bash-privileged-container
ls -l /var/run/docker.sock

# ok: bash-privileged-container
docker exec agent run --tests
