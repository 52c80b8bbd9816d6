import asyncio
import json
import subprocess


class Interpreter:
    """Stays open: what is defined in one step is there in the next."""

    def start(self):
        self.process = subprocess.Popen(["python", "-i", "-q"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def step(self, code):
        # ruleid: python-interpreter-stdin
        self.process.stdin.write(code + "\n")
        self.process.stdin.flush()

    def quit(self):
        # ok: python-interpreter-stdin
        self.process.stdin.write("exit()\n")


class Terminal:
    program = "/bin/bash"

    async def start(self):
        self.child = await asyncio.create_subprocess_shell(self.program, stdin=asyncio.subprocess.PIPE)

    async def run(self, command: str):
        # ruleid: python-interpreter-stdin
        self.child.stdin.write(command.encode() + b"\necho done\n")
        await self.child.stdin.drain()


class Server:
    """A protocol: what is sent is read as a message, and not run."""

    def call(self, method: str, params: dict):
        # ok: python-interpreter-stdin
        self.process.stdin.write(json.dumps({"method": method, "params": params}) + "\n")

    def send(self, message: str):
        # ok: python-interpreter-stdin
        self.process.stdin.write(message + "\n")

    def answer(self):
        code = 200
        # ok: python-interpreter-stdin
        self.process.stdin.write(code)
