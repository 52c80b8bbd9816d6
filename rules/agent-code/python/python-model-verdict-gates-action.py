import shutil
import subprocess

from openai import OpenAI

client = OpenAI()


def judge(question):
    reply = client.chat.completions.create(model="m", messages=[{"role": "user", "content": question}])
    return reply.choices[0].message.content


def run(command):
    verdict = judge(f"Is this command safe? {command}")
    # ruleid: python-model-verdict-gates-action
    if "safe" in verdict.lower():
        subprocess.run(command, check=True)


def clean(folder):
    # ruleid: python-model-verdict-gates-action
    if judge(f"May {folder} be deleted?") == "YES":
        shutil.rmtree(folder)


def report(folder):
    verdict = judge(f"Is {folder} tidy?")
    # ok: python-model-verdict-gates-action
    if "yes" in verdict:
        print("tidy")


def by_rule(command):
    # ok: python-model-verdict-gates-action
    if command[0] in {"ls", "git"}:
        subprocess.run(command, check=True)
