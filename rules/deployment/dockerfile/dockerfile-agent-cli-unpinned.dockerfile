FROM node:22.11.0-slim
# ruleid: dockerfile-agent-cli-unpinned
RUN npm install -g @anthropic-ai/claude-code
# ruleid: dockerfile-agent-cli-unpinned
RUN pip install aider-chat
# ok: dockerfile-agent-cli-unpinned
RUN npm install -g @openai/codex@0.50.0
# ok: dockerfile-agent-cli-unpinned
RUN pip install aider-chat==0.86.1
