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


def ask(address, question):
    # ok: python-tool-result-as-instructions
    return requests.post(address, json={"messages": [{"role": "system", "content": "Answer in one word."}, {"role": "user", "content": question}]})
