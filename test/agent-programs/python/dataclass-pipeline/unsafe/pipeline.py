"""Draft, review, run: results travel in a dataclass."""
from dataclasses import dataclass, field

from groq import Groq

client = Groq()


@dataclass
class Job:
    goal: str
    code: str = ""
    notes: list[str] = field(default_factory=list)


def draft(job: Job) -> Job:
    response = client.chat.completions.create(model="llama-3.3-70b", messages=[{"role": "user", "content": job.goal}])
    return Job(goal=job.goal, code=response.choices[0].message.content)


def review(job: Job) -> Job:
    if "os.remove" in job.code:
        job.notes.append("removes files")
    return job


def run(job: Job) -> dict:
    scope = {}
    # finding: python-model-output-exec
    exec(job.code, scope)
    return scope


def main(goal):
    job = Job(goal)
    for stage in (draft, review):
        job = stage(job)
    return run(job)
