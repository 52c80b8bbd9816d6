#!/bin/bash
# ruleid: bash-agent-tracing-off
export OPENAI_AGENTS_DISABLE_TRACING=1
# ruleid: bash-agent-tracing-off
export LANGCHAIN_TRACING_V2=false
# ok: bash-agent-tracing-off
export LANGSMITH_TRACING=true
# ok: bash-agent-tracing-off
export OTEL_SDK_DISABLED=false
