from mcp.server.fastmcp import FastMCP

mcp = FastMCP("files")

if __name__ == "__main__":
    # ruleid: python-mcp-server-no-auth
    mcp.run(transport="streamable-http")
    # ruleid: python-mcp-server-no-auth
    mcp.run("sse")
    # ok: python-mcp-server-no-auth
    mcp.run()
    # ok: python-mcp-server-no-auth
    mcp.run(transport="stdio")
