import pty

import pexpect


class Session:
    def start(self, command, password):
        # ruleid: python-terminal-command
        child = pexpect.spawn(command, timeout=30)
        # ruleid: python-terminal-command
        text = pexpect.run(f"ls {command}")
        # ruleid: python-terminal-command
        child.sendline(command)
        # ruleid: python-terminal-command
        child.sendline("cd /srv && " + self.command)
        return text

    def attach(self, argv):
        # ruleid: python-terminal-command
        pty.spawn(argv)

    def fine(self, url, password):
        # ok: python-terminal-command
        child = pexpect.spawn("ssh", ["-l", "deploy", url])
        # ok: python-terminal-command
        child.sendline("exit")
        # ok: python-terminal-command
        child.sendline(password)
        # ok: python-terminal-command
        other = pexpect.spawn("bash --norc")
        # ok: python-terminal-command
        pty.spawn("/bin/bash")
        # ok: python-terminal-command
        nox.spawn(url)
        # child.sendline(command)
        return child, other
