import os
import sys


def step(frame, expression):
    # ruleid: python-exec-interpreter
    return eval(expression, frame.f_globals, frame.f_locals)


def load_settings(path, settings):
    with open(path) as file:
        # ruleid: python-exec-interpreter
        exec(compile(file.read(), path, "exec"), settings)


def load(module, code_object):
    # ruleid: python-exec-interpreter
    exec(code_object, module.__dict__)


def make_getter(name, namespace):
    # ruleid: python-exec-interpreter
    exec(f"def {name}(self): return self._{name}", namespace)
    return namespace[name]


def calculate(text):
    # ok: python-exec-interpreter
    return eval(text)


def calculate_alone(text):
    # ok: python-exec-interpreter
    return eval(text, {"x": 1})


def version():
    # ok: python-exec-interpreter
    exec("import platform", sys.modules["__main__"].__dict__)
    return os.name


class Shell:
    def handle(self, **options):
        # ruleid: python-exec-interpreter
        exec(options["command"], {})


def debug_pyeval(text):
    # ruleid: python-exec-interpreter
    return eval(text)
