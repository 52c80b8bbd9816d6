"""Has a script written, saves it and runs it."""
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
    # finding: python-model-output-run-file
    result = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True)
    print(result.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
