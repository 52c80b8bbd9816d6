"""A coding agent that keeps its last attempt on itself and improves it until it compiles; what it wrote runs in a container."""
import ast
import subprocess
import traceback

from openai import OpenAI


class Coder:
    def __init__(self, task: str):
        self.task = task
        self.client = OpenAI()
        self.code = ""
        self.error = None

    def write(self):
        prompt = self.task if self.error is None else f"{self.task}\nThe last attempt failed:\n{self.error}"
        response = self.client.responses.create(model="gpt-5", input=prompt)
        self.code = self._strip(response.output_text)

    @staticmethod
    def _strip(text: str) -> str:
        return text.split("```python")[-1].split("```")[0]

    def check(self) -> bool:
        try:
            ast.parse(self.code)
        except SyntaxError:
            self.error = traceback.format_exc()
            return False
        box = ["docker", "run", "--rm", "-i", "--network=none", "--memory=256m", "--read-only", "python:3.12-slim", "python", "-"]
        result = subprocess.run(box, input=self.code, capture_output=True, text=True, timeout=60)
        self.error = result.stderr
        return result.returncode == 0

    def solve(self, attempts: int = 3) -> str:
        for _ in range(attempts):
            self.write()
            if self.check():
                return self.code
        raise RuntimeError(self.error)
