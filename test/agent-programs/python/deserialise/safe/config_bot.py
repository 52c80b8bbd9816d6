"""Turns wishes into a configuration."""
import boto3
import json
import yaml

bedrock = boto3.client("bedrock-runtime")


def wish_to_yaml(wish):
    body = json.dumps({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 1000, "messages": [{"role": "user", "content": wish}]})
    response = bedrock.invoke_model(modelId="anthropic.claude-3-sonnet-20240229-v1:0", body=body)
    payload = json.loads(response["body"].read())
    return payload["content"][0]["text"]


def configure(wish):
    config = yaml.safe_load(wish_to_yaml(wish))
    return {**DEFAULTS, **config}


DEFAULTS = {"replicas": 1}
