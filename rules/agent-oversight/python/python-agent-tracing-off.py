import logging
import os

import agents
from agents import Agent, RunConfig, Runner, set_tracing_disabled

# ruleid: python-agent-tracing-off
set_tracing_disabled(True)

# ruleid: python-agent-tracing-off
agents.set_tracing_disabled(disabled=True)

# ruleid: python-agent-tracing-off
config = RunConfig(model="gpt-5", tracing_disabled=True)

# ruleid: python-agent-tracing-off
os.environ["OPENAI_AGENTS_DISABLE_TRACING"] = "1"

# ruleid: python-agent-tracing-off
os.environ["LANGCHAIN_TRACING_V2"] = "false"

# ruleid: python-agent-tracing-off
logging.disable(logging.CRITICAL)


# ok: python-agent-tracing-off
set_tracing_disabled(False)

# ok: python-agent-tracing-off
on = RunConfig(model="gpt-5", tracing_disabled=False)

# ok: python-agent-tracing-off
os.environ["LANGCHAIN_TRACING_V2"] = "true"

# ok: python-agent-tracing-off
logging.disable(logging.NOTSET)

# ok: python-agent-tracing-off
os.environ["OTEL_SDK_DISABLED"] = "false"

# ok: python-agent-tracing-off
logging.getLogger("httpx").setLevel(logging.WARNING)

# ok: python-agent-tracing-off
print("set_tracing_disabled(True) is for tests")
