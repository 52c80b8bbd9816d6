import os
import subprocess


def exec_safe(code_str, gvars, lvars):
    banned_phrases = ["import", "__"]
    for phrase in banned_phrases:
        # ruleid: python-assert-code-guard
        assert phrase not in code_str
    exec(code_str, gvars, lvars)


def calculate(expression):
    # ruleid: python-assert-code-guard
    assert "__" not in expression, "no dunders"
    return eval(expression)


def run_command(command):
    # ruleid: python-assert-code-guard
    assert is_safe(command)
    os.system(command)


def run_shell(command):
    # ruleid: python-assert-code-guard
    assert validate(command, strict=True), "not allowed"
    return subprocess.run(command, shell=True, capture_output=True)


def fine(value, code_str, items):
    # ok: python-assert-code-guard
    assert value > 0
    # ok: python-assert-code-guard
    assert "import" not in code_str
    # ok: python-assert-code-guard
    assert isinstance(items, list), "need a list"
    return items


def checked(code_str):
    if "import" in code_str:
        raise ValueError("imports are not allowed")
    # ok: python-assert-code-guard
    assert len(globals()) > 3
    exec(code_str)


def test_render():
    # ok: python-assert-code-guard
    assert "<script>" not in render("x")
