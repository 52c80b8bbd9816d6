import litellm
from openai import OpenAI

client = OpenAI()
# ruleid: python-no-output-cap
client.chat.completions.create(model="m", messages=messages)
# ruleid: python-no-output-cap
litellm.completion(model="m", messages=messages)
# ok: python-no-output-cap
client.chat.completions.create(model="m", messages=messages, max_completion_tokens=400)
# ok: python-no-output-cap
client.chat.completions.create(model="m", messages=messages, **OPTIONS)
# ok: python-no-output-cap
client.files.create(file=file, purpose="batch")
