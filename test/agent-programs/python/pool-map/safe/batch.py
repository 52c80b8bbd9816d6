"""Writes several candidates at once and scores each by its length."""
from __future__ import annotations

import functools
import re
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

import openai

FENCE = re.compile(r"```(?:python)?\n(?P<body>.*?)```", re.DOTALL)


@dataclass
class Candidate:
    source: str
    notes: list[str] = field(default_factory=list)

    @classmethod
    def from_reply(cls, reply: str) -> Candidate:
        found = FENCE.search(reply)
        return cls(source=found.group("body") if found else reply)

    @property
    def program(self) -> str:
        return "import math\n" + self.source


def candidates(task: str, count: int) -> list[Candidate]:
    response = openai.chat.completions.create(model="gpt-4o", n=count, messages=[{"role": "user", "content": task}])
    return [Candidate.from_reply(choice.message.content) for choice in response.choices]


def score(weight: float, candidate: Candidate) -> float:
    return weight / (1 + candidate.program.count("\n"))


def best(task: str, weight: float) -> float:
    measure = functools.partial(score, weight)
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(measure, candidate) for candidate in candidates(task, 4)]
        return max(future.result() for future in as_completed(futures))
