"""A chat that keeps its history in a list and can run what its user typed."""
import code

from openai import OpenAI

client = OpenAI()
history = []


def say(text):
    history.append({"role": "user", "content": text})
    completion = client.chat.completions.create(model="gpt-4o", messages=history)
    message = completion.choices[0].message
    history.append({"role": message.role, "content": message.content})
    print(message.content)


def main():
    console = code.InteractiveConsole()
    while True:
        line = input("? ")
        if line.startswith("/run "):
            console.runsource(line.removeprefix("/run "), "<user>", "exec")
        else:
            say(line)
