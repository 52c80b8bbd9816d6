import requests
import subprocess


def read(messages, url):
    page = requests.get(url, timeout=10).text
    # ruleid: python-tool-result-as-instructions
    messages.append({"role": "system", "content": f"Page contents: {page}"})


async def call(session, messages, name, arguments):
    result = await session.call_tool(name, arguments)
    # ruleid: python-tool-result-as-instructions
    messages.append({"role": "assistant", "content": str(result.content)})
    # ok: python-tool-result-as-instructions
    messages.append({"role": "tool", "tool_call_id": "1", "content": str(result.content)})


def status(messages):
    log = subprocess.check_output(["git", "status"], text=True)
    # ok: python-tool-result-as-instructions
    messages.append({"role": "user", "content": log})
    # ok: python-tool-result-as-instructions
    messages.append({"role": "system", "content": f"The log has {len(log)} characters."})

def about(messages, path):
    folder = subprocess.check_output(["getconf", "DARWIN_USER_TEMP_DIR"], text=True)
    # ok: python-tool-result-as-instructions
    messages.append({"role": "system", "content": f"Write to {folder}."})
    notes = subprocess.check_output(["cat", path], text=True)
    # ruleid: python-tool-result-as-instructions
    messages.append({"role": "system", "content": notes})


def ask(url, prompt):
    # ok: python-tool-result-as-instructions
    return requests.post(url, json={"messages": [{"role": "system", "content": "Answer in one word."}, {"role": "user", "content": prompt}]}, timeout=10)


def answer(messages):
    reply = requests.post("https://models.example.org/v1/chat/completions", json={"messages": messages}, timeout=60).json()
    # ok: python-tool-result-as-instructions
    messages.append({"role": "assistant", "content": reply["choices"][0]["message"]["content"]})


def remembered(messages, url):
    reply = requests.get(url, timeout=60).json()
    # ok: python-tool-result-as-instructions
    messages.append({"role": "assistant", "content": reply["text"]})
    # ruleid: python-tool-result-as-instructions
    messages.append({"role": "developer", "content": reply["text"]})
