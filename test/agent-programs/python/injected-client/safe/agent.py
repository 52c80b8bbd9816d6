import os

from model import ClaudeModel

LISTING = "git ls-files | head -500"


class ShellAgent:
    def __init__(self, model: ClaudeModel):
        self.model = model

    def run(self, question: str) -> str:
        output = os.popen(LISTING).read()
        return self.model.ask(f"{question}\nThe files are:\n{output}")
