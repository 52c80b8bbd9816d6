from openai import OpenAI

client = OpenAI()
# ruleid: python-prompt-kept
client.responses.create(model="gpt-5", input="hello", store=True)
# ruleid: python-prompt-kept
client.chat.completions.create(model="gpt-5", messages=[], store=True)
# ok: python-prompt-kept
client.responses.create(model="gpt-5", input="hello", store=False)
# ok: python-prompt-kept
client.files.create(file=b"", purpose="batch")
