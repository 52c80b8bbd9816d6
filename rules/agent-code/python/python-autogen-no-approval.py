from autogen_agentchat.agents import CodeExecutorAgent
from autogen_ext.teams.magentic_one import MagenticOne

# ruleid: python-autogen-no-approval
coder = CodeExecutorAgent("coder", code_executor=executor)
# ruleid: python-autogen-no-approval
team = MagenticOne(client=client)
# ruleid: python-autogen-no-approval
proxy = UserProxyAgent("user", max_consecutive_auto_reply=100)
# ok: python-autogen-no-approval
coder = CodeExecutorAgent("coder", code_executor=executor, approval_func=ask_person)
# ok: python-autogen-no-approval
proxy = UserProxyAgent("user", max_consecutive_auto_reply=5)
