#!/usr/bin/env bash
set -euo pipefail

# ruleid: bash-token-in-url
git clone "https://$GITHUB_TOKEN@github.com/acme/app.git"

# ruleid: bash-token-in-url
git remote set-url origin "https://x-access-token:${GH_TOKEN}@github.com/acme/app.git"

# ruleid: bash-token-in-url
git push https://oauth2:$GITLAB_TOKEN@gitlab.com/acme/app.git main

# ruleid: bash-token-in-url
pip install "git+https://${DEPLOY_TOKEN}@github.com/acme/lib.git"

# ruleid: bash-token-in-url
curl -fsS "https://bot:${API_KEY}@jira.example.org/rest/api/2/issue"

# ok: bash-token-in-url
git clone https://github.com/acme/app.git

# ok: bash-token-in-url
git -c http.extraHeader="Authorization: Bearer $GITHUB_TOKEN" clone https://github.com/acme/app.git

# ok: bash-token-in-url
curl -H "Authorization: Bearer $GITHUB_TOKEN" https://api.github.com/user

# ok: bash-token-in-url
git clone "https://$HOST/acme/app.git"

# ok: bash-token-in-url
git clone "git@github.com:acme/app.git"

# ok: bash-token-in-url
echo "clone https://TOKEN@github.com/acme/app.git"

# ok: bash-token-in-url
curl "https://$REGISTRY_USER@example.org/"
