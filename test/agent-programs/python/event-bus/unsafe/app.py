"""A writer publishes what the model wrote, a runner listens."""
import json
import os

import litellm

from bus import bus


def write(goal: str) -> None:
    response = litellm.completion(model="gpt-4o", messages=[{"role": "user", "content": f'JSON {{"command": ...}} for: {goal}'}])
    bus.publish("step", json.loads(response.choices[0].message.content))


def on_step(step: dict) -> None:
    print("running", step["command"])
    # finding: python-model-output-shell
    os.system(step["command"])


bus.subscribe("step", on_step)

if __name__ == "__main__":
    write(input("goal: "))
