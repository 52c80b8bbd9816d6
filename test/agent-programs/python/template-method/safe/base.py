"""What all agents have in common: ask, perform, remember."""
from abc import ABC, abstractmethod

from anthropic import Anthropic


class Agent(ABC):
    system = "You are helpful."

    def __init__(self, model: str = "claude-sonnet-4-5"):
        self.model = model
        self.client = Anthropic()
        self.history: list[dict] = []

    def ask(self, text: str) -> str:
        self.history.append({"role": "user", "content": text})
        message = self.client.messages.create(model=self.model, max_tokens=1024, system=self.system, messages=self.history)
        reply = "".join(block.text for block in message.content if block.type == "text")
        self.history.append({"role": "assistant", "content": reply})
        return reply

    @abstractmethod
    def perform(self, reply: str) -> str: ...

    def step(self, text: str) -> str:
        return self.perform(self.ask(text))
