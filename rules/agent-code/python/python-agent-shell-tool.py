from agents import Agent, LocalShellTool
from langchain.agents import load_tools
from langchain_community.tools import ShellTool
from langchain_experimental.llm_bash.base import LLMBashChain


def build(llm, runner):
    # ruleid: python-agent-shell-tool
    shell = ShellTool()
    # ruleid: python-agent-shell-tool
    chain = LLMBashChain.from_llm(llm, verbose=True)
    # ruleid: python-agent-shell-tool
    tools = load_tools(["terminal"], llm=llm, allow_dangerous_tools=True)
    # ruleid: python-agent-shell-tool
    agent = Agent(name="ops", tools=[LocalShellTool(executor=runner)])
    return shell, chain, tools, agent


def fine(llm, frame):
    # ok: python-agent-shell-tool
    asked = ShellTool(ask_human_input=True)
    # ok: python-agent-shell-tool
    checked = ShellTool(executor=run, needs_approval=True)
    # ok: python-agent-shell-tool
    approved = ShellTool(callbacks=[HumanApprovalCallbackHandler()])
    # ok: python-agent-shell-tool
    tools = load_tools(["arxiv"], llm=llm)
    # ShellTool() would need an approval
    # ok: python-agent-shell-tool
    text = "ShellTool()"
    # ok: python-agent-shell-tool
    shell = frame.ShellToolbar(1)
    return asked, checked, approved, tools, text, shell

# ok: python-agent-shell-tool
asked = ShellTool(executor=run, on_approval=ask)
