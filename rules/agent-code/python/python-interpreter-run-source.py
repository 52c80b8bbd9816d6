import code
from code import InteractiveInterpreter

from IPython import get_ipython


def run(text, scope):
    interpreter = InteractiveInterpreter(scope)
    # ruleid: python-interpreter-run-source
    interpreter.runsource(text, "<input>", "exec")
    # ruleid: python-interpreter-run-source
    code.InteractiveInterpreter(scope).runcode(text)


def in_notebook(cell, package):
    shell = get_ipython()
    # ruleid: python-interpreter-run-source
    shell.run_cell(cell)
    # ruleid: python-interpreter-run-source
    get_ipython().system(f"pip install {package}")


def in_kernel(self, cell):
    # ruleid: python-interpreter-run-source
    self.kernel_client.execute(cell, store_history=False)


class Console(code.InteractiveConsole):
    def runsource(self, source, filename="<input>", symbol="single"):
        # ok: python-interpreter-run-source
        return super().runsource(source, filename, symbol)

    def push(self, text):
        # ok: python-interpreter-run-source
        return self.runsource(text)

    def old(self, text):
        # ok: python-interpreter-run-source
        return code.InteractiveConsole.runsource(self, text)


def fine(kernel, cursor, text):
    shell = get_ipython()
    # ok: python-interpreter-run-source
    shell.run_cell("import numpy as np")
    # ok: python-interpreter-run-source
    get_ipython().system("pip list")
    # ok: python-interpreter-run-source
    shell.run_line_magic("matplotlib", "inline")
    # ok: python-interpreter-run-source
    kernel.execute("1 + 1")
    # ok: python-interpreter-run-source
    cursor.execute(text)
    # shell.run_cell(text) would run it
    return shell
