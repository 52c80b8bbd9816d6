"""One thread asks, another one carries out."""
import queue
import subprocess
import threading

from openai import OpenAI

jobs = queue.Queue()
client = OpenAI()


def planner(goal):
    completion = client.chat.completions.create(
        model="gpt-4o", messages=[{"role": "user", "content": f"List the shell commands, one per line, to {goal}"}]
    )
    for line in completion.choices[0].message.content.splitlines():
        jobs.put(line.strip())
    jobs.put(None)


def executor():
    while True:
        command = jobs.get()
        if command is None:
            break
        # finding: python-model-output-shell
        subprocess.call(command, shell=True)
        jobs.task_done()


def run(goal):
    worker = threading.Thread(target=executor)
    worker.start()
    planner(goal)
    worker.join()
