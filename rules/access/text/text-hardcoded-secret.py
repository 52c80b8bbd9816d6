import os

import openai
from flask import Flask

app = Flask(__name__)
# ruleid: text-hardcoded-secret
openai.api_key = "zQ8r2Lk91vBtXw07YpDn53HsMfGc46EjUa"
# ruleid: text-hardcoded-secret
API_TOKEN = "9f8Kd73jLmQ02xVbn4TzRw81PsYcHe65"
# ruleid: text-hardcoded-secret
app.config["SECRET_KEY"] = "p7Vx29QmLr84TzKd61WbNs03YcHf"
# ok: text-hardcoded-secret
api_key = os.environ["SERVICE_API_KEY"]
# ok: text-hardcoded-secret
token = "your-token-goes-here-1234567890"
# ok: text-hardcoded-secret
cache_key = "user:profile:settings:version2"
# ok: text-hardcoded-secret
key = "content-security-policy-report-only-2"
# ok: text-hardcoded-secret
ANALYTICS_API_KEY = "phc_4hQz81LmXw02VbnTzRk93PsYcHe65JdUa7"
# ok: text-hardcoded-secret
version_token = "FfQhQJf9r3VSQIgyWBk1oqhIwiznLwVwJbVVA0bdyEv6o"
# ok: text-hardcoded-secret
download_token = "eyJhbGciOiJIUzUxMiJ9.fake-token-not-real.signature"
# ok: text-hardcoded-secret
page_token = "qW3eR8tYuI0pLk7JhGf5DsAzXcVbNm2Q"
# ok: text-hardcoded-secret
upload_token = "Kd73jLmQ02xV.fake-sample-token-not-real.bn4TzRw81P"
