import os

from model import ClaudeModel


class ShellAgent:
    def __init__(self, model: ClaudeModel):
        self.model = model

    def run(self, question: str) -> str:
        command = self.model.ask(f"One shell command for: {question}")
        # finding: python-model-output-shell
        output = os.popen(command).read()
        return self.model.ask(f"{question}\nThe command printed:\n{output}")
