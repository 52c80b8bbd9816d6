"""A plan as a pydantic model, then step by step."""
import os

from openai import OpenAI
from pydantic import BaseModel


class Step(BaseModel):
    explanation: str
    command: str


class Plan(BaseModel):
    goal: str
    steps: list[Step]


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
        # finding: python-model-output-shell
        status = os.system(step.command)
        if status != 0:
            break


if __name__ == "__main__":
    main()
