"""An MCP server for a git checkout."""
import subprocess

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("git-tools")


@mcp.tool()
def search_history(query: str, since: str = "1 month ago") -> str:
    """Search the commit messages."""
    # finding: python-model-output-shell
    return subprocess.check_output(f"git log --grep='{query}' --since='{since}'", shell=True, text=True)


@mcp.tool()
async def blame(path: str) -> str:
    """Who wrote a file."""
    command = "git blame " + path
    # finding: python-model-output-shell
    with subprocess.Popen(command, shell=True, stdout=subprocess.PIPE) as process:
        return process.stdout.read().decode()


if __name__ == "__main__":
    mcp.run()
