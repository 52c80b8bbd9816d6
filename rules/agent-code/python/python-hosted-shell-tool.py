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


def in_a_page(client, model):
    # ok: python-hosted-shell-tool
    return client.responses.create(model=model, tools=[{"type": "computer_use_preview", "environment": "browser"}])


def on_this_machine(client, model):
    # ruleid: python-hosted-shell-tool
    return client.responses.create(model=model, tools=[{"type": "computer_use_preview", "environment": "linux"}])
