"""A coding agent that keeps its last attempt on itself and improves it until the checks pass."""
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
            # finding: python-model-output-exec
            exec(self.code, {})
        except Exception:
            self.error = traceback.format_exc()
            return False
        return True

    def solve(self, attempts: int = 3) -> str:
        for _ in range(attempts):
            self.write()
            if self.check():
                return self.code
        raise RuntimeError(self.error)
