import importlib.util
import threading
from pathlib import Path


def load_helper(path, origin):
    spec = importlib.util.spec_from_loader("helper", loader=None, origin=origin)
    helper = importlib.util.module_from_spec(spec)
    with open(path, "rb") as f:
        # ok: python-exec-dynamic
        exec(f.read(), helper.__dict__)
    return helper


def define(name, body, scope):
    # ruleid: python-exec-dynamic
    exec("def %s():\n%s" % (name, body), scope)
    # ruleid: python-exec-dynamic
    exec(f"handler = {name}", scope)


def getter(name, scope):
    # ok: python-exec-dynamic
    exec(f"def {name}(self): return self._{name}", scope)


def step(code, frame):
    # ok: python-exec-dynamic
    exec(code, frame.f_globals, frame.f_locals)


def run_file(filename, scope):
    with open(filename) as f:
        # ok: python-exec-dynamic
        exec(compile(f.read(), filename, "exec"), scope)
        # ruleid: python-exec-dynamic
        exec(f.read())


def run_later(source, pool):
    # ruleid: python-exec-dynamic
    threading.Thread(target=exec, args=(source, {})).start()
    # ruleid: python-exec-dynamic
    return pool.submit(exec, source, {})


def run_body(fn_body):
    import builtins

    # ruleid: python-exec-dynamic
    builtins.exec(fn_body, globals())


class Shell:
    def exec(self, text):
        return text

    def call(self, text):
        # ok: python-exec-dynamic
        return self.exec(text)


VERSION_FILE = "about.py"
about = {}
# ok: python-exec-dynamic
exec(Path("package/about.py").read_text(), about)
# ok: python-exec-dynamic
exec(open("package/about.py").read(), about)
# ok: python-exec-dynamic
exec("x = 1")
# ok: python-exec-dynamic
exec(compile("x = 1", "<string>", "exec"))


def fine(container, db, statement, pattern):
    # ok: python-exec-dynamic
    container.exec_run(statement)
    # ok: python-exec-dynamic
    db.exec(statement)
    # ok: python-exec-dynamic
    print("exec(statement)")
    # ok: python-exec-dynamic
    pattern.exec_module(statement)
