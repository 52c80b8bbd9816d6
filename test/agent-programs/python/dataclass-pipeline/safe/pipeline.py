"""Draft, review, hand over: results travel in a dataclass."""
import json
from dataclasses import asdict, dataclass, field

import modal
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


def run(job: Job) -> str:
    sandbox = modal.Sandbox.create(app=modal.App.lookup("jobs"), timeout=60, block_network=True)
    process = sandbox.exec("python", "-c", job.code)
    return process.stdout.read()


def main(goal):
    job = Job(goal)
    for stage in (draft, review):
        job = stage(job)
    print(json.dumps(asdict(job)))
    return run(job)
