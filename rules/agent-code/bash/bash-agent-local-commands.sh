# ruleid: bash-agent-local-commands
export AUTOGEN_USE_DOCKER=0
# ruleid: bash-agent-local-commands
EXECUTE_LOCAL_COMMANDS=True python -m autogpt
# ruleid: bash-agent-local-commands
python -m autogpt --gpt4only --continuous
# ok: bash-agent-local-commands
export AUTOGEN_USE_DOCKER=1
# ok: bash-agent-local-commands
python -m autogpt --gpt4only
