from claude_agent_sdk import ClaudeAgentOptions, ClaudeSDKClient, PermissionResultAllow

# ruleid: python-claude-agent-bypass
options = ClaudeAgentOptions(permission_mode="bypassPermissions")
# ruleid: python-claude-agent-bypass
config = {"cwd": ".", "permission_mode": "bypassPermissions"}


async def run(client: ClaudeSDKClient, settings):
    # ruleid: python-claude-agent-bypass
    await client.set_permission_mode("bypassPermissions")
    # ruleid: python-claude-agent-bypass
    settings.permission_mode = "bypassPermissions"
    # ruleid: python-claude-agent-bypass
    return ClaudeAgentOptions(cwd=".", can_use_tool=lambda *args: PermissionResultAllow())


def fine(mode, policy):
    # ok: python-claude-agent-bypass
    plan = ClaudeAgentOptions(permission_mode="plan")
    # ok: python-claude-agent-bypass
    edits = ClaudeAgentOptions(permission_mode="acceptEdits", allowed_tools=["Read"])
    # ok: python-claude-agent-bypass
    checked = ClaudeAgentOptions(can_use_tool=policy)
    # permission_mode="bypassPermissions"
    # ok: python-claude-agent-bypass
    text = "bypassPermissions"
    # ok: python-claude-agent-bypass
    denied = mode == "bypassPermissions"
    return plan, edits, checked, text, denied

# ruleid: python-claude-agent-bypass
unboxed = ClaudeAgentOptions(sandbox={"enabled": False})
# ruleid: python-claude-agent-bypass
silent = ClaudeAgentOptions(permission_mode="dontAsk")
# ok: python-claude-agent-bypass
boxed = ClaudeAgentOptions(sandbox={"enabled": True}, permission_mode="plan")
