import interpreter as oi
from interpreter import OpenInterpreter, interpreter

# ruleid: python-open-interpreter-auto-run
interpreter.auto_run = True
# ruleid: python-open-interpreter-auto-run
interpreter.safe_mode = "off"
# ruleid: python-open-interpreter-auto-run
agent = OpenInterpreter(auto_run=True)


class Bot:
    def start(self):
        self.interpreter = OpenInterpreter()
        # ruleid: python-open-interpreter-auto-run
        self.interpreter.auto_run = True


# ok: python-open-interpreter-auto-run
interpreter.auto_run = False
# ok: python-open-interpreter-auto-run
interpreter.safe_mode = "ask"
# ok: python-open-interpreter-auto-run
interpreter.verbose = True
# ok: python-open-interpreter-auto-run
job.auto_run = True
# ok: python-open-interpreter-auto-run
text = "interpreter.auto_run = True"
# interpreter.auto_run = True
# ok: python-open-interpreter-auto-run
plain = OpenInterpreter()
