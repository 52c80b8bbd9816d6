"""The one place that talks to the model."""
import os

from anthropic import Anthropic

_client = Anthropic(api_key=os.environ["ANTHROPIC_API_KEY"])


def complete(system: str, user: str, max_tokens: int = 1024) -> str:
    response = _client.messages.create(
        model="claude-opus-4-1", max_tokens=max_tokens, system=system, messages=[{"role": "user", "content": user}]
    )
    return response.content[0].text
