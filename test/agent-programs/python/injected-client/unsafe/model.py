from anthropic import Anthropic


class ClaudeModel:
    def __init__(self, client: Anthropic):
        self.client = client

    def ask(self, prompt: str) -> str:
        message = self.client.messages.create(
            model="claude-haiku-4-5", max_tokens=512, messages=[{"role": "user", "content": prompt}]
        )
        return message.content[0].text
