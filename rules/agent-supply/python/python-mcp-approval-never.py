from agents import Agent, HostedMCPTool
from agents.mcp import MCPServerStreamableHttp
from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.responses.create(
        model="gpt-5",
        input=question,
        tools=[
            # ruleid: python-mcp-approval-never
            {"type": "mcp", "server_label": "shop", "server_url": "https://mcp.example.org", "require_approval": "never"},
        ],
    )


# ruleid: python-mcp-approval-never
hosted = HostedMCPTool(tool_config={"type": "mcp", "server_label": "git", "require_approval": "never"})

# ruleid: python-mcp-approval-never
server = MCPServerStreamableHttp(params={"url": "https://mcp.example.org"}, require_approval="never")


def tool(url):
    # ruleid: python-mcp-approval-never
    return dict(type="mcp", server_url=url, require_approval="never")


# ok: python-mcp-approval-never
asked = HostedMCPTool(tool_config={"type": "mcp", "server_label": "git", "require_approval": "always"})

# ok: python-mcp-approval-never
some = {"type": "mcp", "require_approval": {"never": {"tool_names": ["search_docs"]}}}

# ok: python-mcp-approval-never
default = MCPServerStreamableHttp(params={"url": "https://mcp.example.org"})


def configured(mode):
    # ok: python-mcp-approval-never
    return MCPServerStreamableHttp(params={}, require_approval=mode)


# ok: python-mcp-approval-never
agent = Agent(name="a", instructions="Ask before you buy. require_approval is never 'never'.")

# ok: python-mcp-approval-never
log = {"cleanup": "never"}
