import asyncio
import os
import subprocess

TASK = "fix the failing test"


def claude(task):
    # ruleid: python-agent-permissions-bypassed
    return subprocess.run(["claude", "-p", task, "--dangerously-skip-permissions"], capture_output=True, text=True)


def codex(task, unattended):
    cmd = ["codex", "exec", task]
    if unattended:
        # ruleid: python-agent-permissions-bypassed
        cmd.append("--dangerously-bypass-approvals-and-sandbox")
    return subprocess.check_output(cmd)


def mode(task):
    # ruleid: python-agent-permissions-bypassed
    args = ["/usr/local/bin/claude", "--print", task, "--permission-mode", "bypassPermissions"]
    return subprocess.Popen(args)


async def gemini(task):
    # ruleid: python-agent-permissions-bypassed
    return await asyncio.create_subprocess_exec("gemini", "--yolo", "-p", task)


def shell():
    # ruleid: python-agent-permissions-bypassed
    os.system("copilot -p 'fix it' --allow-all-tools")


def good(task, parser, cmd):
    # ok: python-agent-permissions-bypassed
    subprocess.run(["claude", "-p", task, "--permission-mode", "plan"])
    # ok: python-agent-permissions-bypassed
    subprocess.run(["codex", "exec", "--sandbox", "workspace-write", task])
    # ok: python-agent-permissions-bypassed
    parser.add_argument("--yolo", action="store_true")
    # ok: python-agent-permissions-bypassed
    forbidden = ["--dangerously-skip-permissions", "--yolo"]
    # ok: python-agent-permissions-bypassed
    subprocess.run(["grep", "-rn", "--", "--dangerously-skip-permissions", "."])
    # ok: python-agent-permissions-bypassed
    print("claude --dangerously-skip-permissions is not allowed")
    # ok: python-agent-permissions-bypassed
    cmd.append("--verbose")
    return forbidden
