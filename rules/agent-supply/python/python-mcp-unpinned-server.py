from agents.mcp import MCPServerStdio
from langchain_mcp_adapters.client import MultiServerMCPClient
from mcp import StdioServerParameters

# ruleid: python-mcp-unpinned-server
files = StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem", "./docs"])

# ruleid: python-mcp-unpinned-server
fetch = StdioServerParameters(command="uvx", args=["mcp-server-fetch"], env=None)


async def main():
    # ruleid: python-mcp-unpinned-server
    async with MCPServerStdio(name="search", params={"command": "npx", "args": ["-y", "exa-mcp-server@latest"]}) as server:
        return await server.list_tools()


client = MultiServerMCPClient(
    {
        # ruleid: python-mcp-unpinned-server
        "git": {"command": "uvx", "args": ["mcp-server-git", "--repository", "."], "transport": "stdio"},
        # ok: python-mcp-unpinned-server
        "math": {"command": "python", "args": ["math_server.py"], "transport": "stdio"},
    }
)

# ok: python-mcp-unpinned-server
pinned = StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "./docs"])

# ok: python-mcp-unpinned-server
exact = StdioServerParameters(command="uvx", args=["mcp-server-fetch==2025.4.7"])

# ok: python-mcp-unpinned-server
local = StdioServerParameters(command="node", args=["server.js"])


def configured(package):
    # ok: python-mcp-unpinned-server
    return StdioServerParameters(command="npx", args=["-y", package])


# ok: python-mcp-unpinned-server
format_step = {"command": "make", "args": ["format"]}
