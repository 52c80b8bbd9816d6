"""A small ReAct agent: think, act, observe, until there is an answer."""
import re
from openai import OpenAI

client = OpenAI()
ACTION = re.compile(r"^Action: (\w+)\[(.*)\]$", re.MULTILINE)
PROMPT = "Answer the question. Use Action: calculate[expression] or Action: note[text]. Finish with Answer: ..."


def calculate(expression):
    # finding: python-model-output-exec
    return eval(expression)


def note(text):
    return f"noted: {text}"


TOOLS = {"calculate": calculate, "note": note}


def react(question, max_turns=8):
    messages = [{"role": "system", "content": PROMPT}, {"role": "user", "content": question}]
    for _ in range(max_turns):
        completion = client.chat.completions.create(model="gpt-4o", messages=messages, stop=["Observation:"])
        text = completion.choices[0].message.content
        messages.append({"role": "assistant", "content": text})
        match = ACTION.search(text)
        if not match:
            return text
        name, argument = match.groups()
        observation = TOOLS[name](argument)
        messages.append({"role": "user", "content": f"Observation: {observation}"})
    return None
