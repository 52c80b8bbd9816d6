import json
import subprocess

import boto3
from openai import OpenAI

client = OpenAI()
sts = boto3.client("sts")
ROLES = {"read": "arn:aws:iam::123456789012:role/read"}


def step(prompt):
    plan = json.loads(client.responses.create(model="gpt-5", input=prompt).output_text)
    # ruleid: python-model-chosen-identity
    sts.assume_role(RoleArn=plan["role"], RoleSessionName="agent")
    # ruleid: python-model-chosen-identity
    subprocess.run(["sudo", "-u", plan["user"], "ls"], check=True)
    # ok: python-model-chosen-identity
    sts.assume_role(RoleArn=ROLES[plan["kind"]], RoleSessionName="agent")


def fixed(tenant):
    # ok: python-model-chosen-identity
    sts.assume_role(RoleArn=tenant.role, RoleSessionName="agent")
