import os

from openai import OpenAI

# Every key below was made up for this file; none was ever issued.

# ruleid: text-ai-provider-key
client = OpenAI(api_key="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")

# ruleid: text-ai-provider-key
PROJECT_KEY = "sk-proj-dBPNrMJSry8rZZadpufdSjBQqwRfyjgbgfH9uhp2Z64wEbHfT3BlbkFJXV9GMVNSAnbZg6zVWBgvkJc3rnymJj4vukigQ7hG73YEaVR2"

# ruleid: text-ai-provider-key
os.environ["ANTHROPIC_API_KEY"] = "sk-ant-api03-pStBCqRLsrz5fqn2Hgzhqy6vVv2VDtShE3CVwksDwNDrjPCCNa6QPLti5kvLVUTMwjF3i47Hmnrg9TWPkejQ8N5uSd9GtAA"

# ruleid: text-ai-provider-key
GEMINI = "AIzar4QAnM6R6UQWTPq3a9ZDnBJiR3di7ZupsTa"

# ruleid: text-ai-provider-key
login(token="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")

# ruleid: text-ai-provider-key
GROQ_API_KEY = "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"

# ruleid: text-ai-provider-key
OPENROUTER = "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"

# ok: text-ai-provider-key
placeholder = "sk-xxxxxxxxxxxxxxxxxxxxT3BlbkFJxxxxxxxxxxxxxxxxxxxx"

# ok: text-ai-provider-key
example = "sk-ant-api03-EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEAA"

# ok: text-ai-provider-key
from_env = OpenAI(api_key=os.environ["OPENAI_API_KEY"])

# ok: text-ai-provider-key
short = "sk-test"

# ok: text-ai-provider-key
css = "sk-spinner sk-circle-fade-dot"

# ok: text-ai-provider-key
name = "hf_hub_download"

# ok: text-ai-provider-key
google = "AIza" + "0" * 35

# ok: text-ai-provider-key
zeros = "AIza00000000000000000000000000000000000"
