from agents import Agent, ApplyPatchTool, ComputerTool, WebSearchTool
from openai import OpenAI

client = OpenAI()
# ruleid: python-hosted-shell-tool
client.responses.create(model="m", input=task, tools=[{"type": "local_shell"}])
# ruleid: python-hosted-shell-tool
agent = Agent(name="desk", tools=[ComputerTool(screen)])
# ok: python-hosted-shell-tool
agent = Agent(name="desk", tools=[ComputerTool(screen, on_safety_check=ask_person)])
# ok: python-hosted-shell-tool
agent = Agent(name="desk", tools=[ApplyPatchTool(editor, needs_approval=True), WebSearchTool()])
# ok: python-hosted-shell-tool
client.responses.create(model="m", input=task, tools=[{"type": "web_search"}])
