"""Has a script written, saves it and runs it where it can do no harm."""
import subprocess
import sys
from pathlib import Path

from openai import OpenAI

client = OpenAI()
SCRIPT = Path("generated") / "script.py"


def generate(task):
    completion = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": task}])
    return completion.choices[0].message.content


def main(task):
    code = generate(task)
    SCRIPT.parent.mkdir(exist_ok=True)
    SCRIPT.write_text(code)
    box = ["docker", "run", "--rm", "--network=none", "--memory=512m", "--cpus=1", "-v", f"{SCRIPT.parent.resolve()}:/code:ro"]
    result = subprocess.run([*box, "python:3.12-slim", "python", "/code/script.py"], capture_output=True, text=True, timeout=60)
    print(result.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
