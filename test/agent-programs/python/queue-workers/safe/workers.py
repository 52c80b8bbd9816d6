"""One thread asks, another one carries out what is on the list."""
import queue
import subprocess
import threading

from openai import OpenAI

jobs = queue.Queue()
client = OpenAI()
ALLOWED_TARGETS = frozenset({"lint", "test", "docs"})


def planner(goal):
    completion = client.chat.completions.create(
        model="gpt-4o", messages=[{"role": "user", "content": f"List the make targets, one per line, to {goal}"}]
    )
    for line in completion.choices[0].message.content.splitlines():
        jobs.put(line.strip())
    jobs.put(None)


def executor():
    while True:
        target = jobs.get()
        if target is None:
            break
        if target in ALLOWED_TARGETS:
            subprocess.call(["make", target])
        jobs.task_done()


def run(goal):
    worker = threading.Thread(target=executor)
    worker.start()
    planner(goal)
    worker.join()
