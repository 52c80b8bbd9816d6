"""A plan as a pydantic model, then step by step."""
import subprocess
from typing import Literal

from openai import OpenAI
from pydantic import BaseModel


class Step(BaseModel):
    explanation: str
    action: Literal["build", "upload", "purge-cache"]


class Plan(BaseModel):
    goal: str
    steps: list[Step]


COMMANDS = {
    "build": ["make", "docs"],
    "upload": ["aws", "s3", "sync", "site", "s3://docs-staging"],
    "purge-cache": ["make", "purge"],
}


def make_plan(client: OpenAI, goal: str) -> Plan:
    completion = client.beta.chat.completions.parse(
        model="gpt-4o-2024-08-06",
        messages=[{"role": "system", "content": "Plan the deployment."}, {"role": "user", "content": goal}],
        response_format=Plan,
    )
    return completion.choices[0].message.parsed


def main() -> None:
    plan = make_plan(OpenAI(), "Deploy the docs to staging")
    for number, step in enumerate(plan.steps, start=1):
        print(f"{number}. {step.explanation}")
        if subprocess.run(COMMANDS[step.action]).returncode != 0:
            break


if __name__ == "__main__":
    main()
