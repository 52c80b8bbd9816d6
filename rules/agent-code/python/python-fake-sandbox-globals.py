def run_later(code):
    # ruleid: python-fake-sandbox-globals
    safe_globals = {"__builtins__": {}, "math": math}
    result = {}
    exec(code, safe_globals, result)
    return result


def run_patched(code):
    scope = {}
    # ruleid: python-fake-sandbox-globals
    scope["__builtins__"] = SAFE_BUILTINS
    with redirect_stdout(buffer):
        exec(code, scope)


def calculate(expression):
    # ruleid: python-fake-sandbox-globals
    allowed = {"__builtins__": None, "sqrt": sqrt}
    if not expression:
        return None
    return eval(expression, allowed)


class Runner:
    def run(self, text):
        try:
            # ruleid: python-fake-sandbox-globals
            names = {"__builtins__": {}, "print": print}
            return eval(text, names, {})
        except Exception:
            return None


def report():
    # ok: python-fake-sandbox-globals
    scope = {"__builtins__": {}}
    return len(scope)


def fixed():
    # ok: python-fake-sandbox-globals
    scope = {"__builtins__": {}}
    exec("answer = 42", scope)
    return scope["answer"]


def other(code, module):
    # ok: python-fake-sandbox-globals
    names = {"math": math}
    exec(code, names)
    # ok: python-fake-sandbox-globals
    module["__doc__"] = code
    # ok: python-fake-sandbox-globals
    settings = {"builtins": {}}
    # {"__builtins__": {}} is not a sandbox
    # ok: python-fake-sandbox-globals
    text = "__builtins__"
    return settings, text


def make_constructor(names):
    parameters = ", ".join(names)
    # ok: python-fake-sandbox-globals
    scope = {"__builtins__": {}, "make": tuple}
    source = f"lambda {parameters}: make(({parameters},))"
    return eval(source, scope)


def with_all_names(code, skyvern):
    # ok: python-fake-sandbox-globals
    scope = {"skyvern": skyvern, "__builtins__": __builtins__}
    exec(code, scope)
