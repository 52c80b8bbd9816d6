"""A chat that keeps its history in a list and can run the last answer."""
import code

from openai import OpenAI

client = OpenAI()
history = []


def say(text):
    history.append({"role": "user", "content": text})
    completion = client.chat.completions.create(model="gpt-4o", messages=history)
    message = completion.choices[0].message
    history.append({"role": message.role, "content": message.content})


def run_last(console: code.InteractiveConsole):
    last = history[-1]
    # finding: python-model-output-exec
    console.runsource(last["content"], "<assistant>", "exec")


def main():
    console = code.InteractiveConsole()
    while True:
        line = input("? ")
        if line == "/run":
            run_last(console)
        else:
            say(line)
