def run_policy(code_text, gvars, lvars):
    empty_fn = lambda *args, **kwargs: None
    custom_gvars = merge_dicts([
        gvars,
        # ruleid: python-exec-fake-sandbox
        {"exec": empty_fn, "eval": empty_fn},
    ])
    exec(code_text, custom_gvars, lvars)


def calculate(expression):
    # ruleid: python-exec-fake-sandbox
    return eval(expression, {"__builtins__": {}}, {"pi": 3.14159})


def run(code):
    # ruleid: python-exec-fake-sandbox
    exec(code, {"__builtins__": None, "print": print})


def run_limited(self, code):
    # ruleid: python-exec-fake-sandbox
    return eval(compile(code, "<string>", "eval"), {"__builtins__": SAFE_BUILTINS, **self.scope}, {})


def fine(expr, consts, settings):
    # ok: python-exec-fake-sandbox
    eval("pi * 2", {"__builtins__": {}}, {"pi": 3})
    # ok: python-exec-fake-sandbox
    exec("x = 1", {"__builtins__": {}})
    # The ordinary builtins limit nothing: the rules for exec and eval report this one.
    # ok: python-exec-fake-sandbox
    exec(expr, {"__builtins__": __builtins__}, consts)
    # ok: python-exec-fake-sandbox
    names = {"exec": "run", "print": "show"}
    # ok: python-exec-fake-sandbox
    namespace = {"math": math}
    # ok: python-exec-fake-sandbox
    module.__builtins__ = settings
    # {"__builtins__": {}} is not a sandbox
    return names


def report():
    # ok: python-exec-fake-sandbox
    scope = {"__builtins__": {}}
    return len(scope)
