import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    return client.responses.create(model="m", input=prompt).output_text


def saved(task):
    target = Path("out") / "task.py"
    target.write_text(ask(task))
    # ruleid: python-model-output-run-file
    subprocess.run([sys.executable, str(target)], check=True)


def opened(task, path):
    with open(path, "w") as file:
        file.write(ask(task))
    # ruleid: python-model-output-run-file
    runpy.run_path(path)


def temporary(task):
    with tempfile.NamedTemporaryFile("w", suffix=".sh", delete=False) as file:
        file.write(ask(task))
    # ruleid: python-model-output-run-file
    subprocess.check_call(["bash", file.name])


def in_container(task):
    target = Path("out") / "task.py"
    target.write_text(ask(task))
    # ok: python-model-output-run-file
    subprocess.run(["docker", "run", "--rm", "--network=none", "-v", f"{target.parent}:/code:ro", "python:3", "python", "/code/task.py"])


def other_file(task):
    notes = Path("out") / "notes.txt"
    notes.write_text(ask(task))
    # ok: python-model-output-run-file
    subprocess.run([sys.executable, "report.py"], check=True)


def named_first(prompt, python_executable):
    code = client.responses.create(model="m", input=prompt).output_text
    with tempfile.NamedTemporaryFile(mode="w+", delete=False) as script:
        name = script.name
        script.write(code)
        script.flush()
        # ruleid: python-model-output-run-file
        subprocess.Popen([python_executable, name], stdout=subprocess.PIPE)
        # ok: python-model-output-run-file
        subprocess.run(["wc", "-l", name])


def look_over(prompt, python_bin):
    code = client.responses.create(model="m", input=prompt).output_text
    with open("generated.py", "w") as file:
        file.write(code)
        # ok: python-model-output-run-file
        subprocess.run([python_bin, "-m", "ruff", file.name])
    # ok: python-model-output-run-file
    subprocess.run([sys.executable, "-m", "pip", "install", *code.split()])


def at_once(task, path):
    open(path, "w").write(ask(task))
    # ruleid: python-model-output-run-file
    subprocess.run(["python", path], check=True)
