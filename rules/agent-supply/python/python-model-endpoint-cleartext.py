import os

import openai
from anthropic import Anthropic
from openai import OpenAI

# ruleid: python-model-endpoint-cleartext
client = OpenAI(base_url="http://models.acme-cloud.com/v1")
# ruleid: python-model-endpoint-cleartext
os.environ["ANTHROPIC_BASE_URL"] = "http://proxy.acme-cloud.com"
# ok: python-model-endpoint-cleartext
client = OpenAI(base_url="http://localhost:11434/v1")
# ok: python-model-endpoint-cleartext
client = OpenAI(base_url="http://vllm:8000/v1")
# ok: python-model-endpoint-cleartext
client = Anthropic(base_url="https://models.acme-cloud.com")
# ok: python-model-endpoint-cleartext
client = OpenAI(base_url="http://192.168.1.20:1234/v1")
