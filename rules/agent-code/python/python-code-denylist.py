import os
import re
import subprocess

BANNED_WORDS = ["import", "os.", "subprocess", "__"]
DANGEROUS_PATTERNS = [r"rm\s+-rf", r"mkfs"]


def run_generated(code):
    # ruleid: python-code-denylist
    if any(word in code for word in BANNED_WORDS):
        raise ValueError("not allowed")
    exec(code)


def run_shell(command):
    # ruleid: python-code-denylist
    for pattern in DANGEROUS_PATTERNS:
        if re.search(pattern, command):
            return "blocked"
    return subprocess.run(command, shell=True)


def is_safe(generated_code):
    forbidden = ["open(", "eval("]
    # ruleid: python-code-denylist
    for word in forbidden:
        if word in generated_code:
            return False
    return True


def calculate(expression):
    # ruleid: python-code-denylist
    if "__" in expression:
        raise ValueError("no dunders")
    return eval(expression)


def validate_command(cmd):
    # ruleid: python-code-denylist
    return not any(bad in cmd.lower() for bad in BLOCKED_COMMANDS)


def fine(name, names, path, text, code):
    # ok: python-code-denylist
    if any(word in name for word in BANNED_WORDS):
        return "pick another user name"
    # ok: python-code-denylist
    for user in names:
        if user in text:
            return user
    # ok: python-code-denylist
    if "import" in text:
        return True
    # ok: python-code-denylist
    if any(ext in path for ext in ALLOWED_EXTENSIONS):
        return path
    # ok: python-code-denylist
    found = any(line in code for line in lines)
    # if any(word in code for word in BANNED_WORDS)
    return found
