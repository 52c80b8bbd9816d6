import os

import boto3
import requests

# Every token below was made up for this file; none was ever issued.

# ruleid: text-cloud-token
s3 = boto3.client("s3", aws_access_key_id="AKIA2TLIADUT6N4UJ24A")

# ruleid: text-cloud-token
HEADERS = {"Authorization": "Bearer ghp_AMCZWadQRA2LZibBRCgQmAFFSfsVQ2mEn7hr"}

# ruleid: text-cloud-token
URL = "https://oauth2:glpat-KreEHL3UhyihZ5uQsKfT@gitlab.com/acme/app.git"

# ruleid: text-cloud-token
NPM = "//npm.example.com/:_authToken=npm_dTTe65mvBv8fVFRw3rhwRjqhhjDPVBvVpcrf"

# ruleid: text-cloud-token
SLACK = "xoxb-made-up-for-this-fixture-yXRQA6X2JtvKFGDUsPCa9nJB"

# ruleid: text-cloud-token
DATABRICKS = "dapi6d98ccd509316fa3403797d561fb1c93"

# ok: text-cloud-token
documented = "AKIAIOSFODNN7EXAMPLE"

# ok: text-cloud-token
placeholder = "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

# ok: text-cloud-token
zeros = "ghp_000000000000000000000000000000000000"

# ok: text-cloud-token
from_env = os.environ["GITHUB_TOKEN"]

# ok: text-cloud-token
masked = "xoxb-********-****"

# ok: text-cloud-token
words = ["glpat", "npm_config_registry", "ghp_"]

# ok: text-cloud-token
name = "do_v1_migration"

# ok: text-cloud-token
digest = "0eb9a790c7cb0c3a3c48f5434819ba8bef839f922e66046cbadfa9dda161513e"

# ok: text-cloud-token
address = "https://bucket.example.org/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA2TLIADUT6N4UJ24A%2F20260101"
