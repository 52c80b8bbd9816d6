from openai import OpenAI
from langchain_openai import ChatOpenAI

client = OpenAI()
# ruleid: python-inference-temperature-high
reply = client.chat.completions.create(model="m", messages=[], temperature=1.8)
# ruleid: python-inference-temperature-high
llm = ChatOpenAI(model="m", temperature=1.5)
# ok: python-inference-temperature-high
reply = client.chat.completions.create(model="m", messages=[], temperature=0.2)
# ok: python-inference-temperature-high
oven.heat(temperature=180)
