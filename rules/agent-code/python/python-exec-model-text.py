import ast
import contextlib
import io
import json


class PythonREPL:
    """Calls exec(command) on text."""

    def run(self, command: str) -> str:
        buffer = io.StringIO()
        with contextlib.redirect_stdout(buffer):
            # ruleid: python-exec-model-text
            exec(command, self.globals, self.locals)
        return buffer.getvalue()

    def run_tree(self, tree):
        module = ast.Module(tree.body[:-1], type_ignores=[])
        # ruleid: python-exec-model-text
        exec(ast.unparse(module), self.globals, self.locals)


def check_solution(problem, completion, scope):
    check_program = problem["prompt"] + completion + problem["test"]
    try:
        # ruleid: python-exec-model-text
        exec(check_program, scope)
    except Exception as error:
        return str(error)


def other(query: str):
    context = {}
    # ruleid: python-exec-model-text
    exec(f"result = {query}", context)
    return context["result"]


def run_step(message, scope):
    if message.tool_calls:
        for call in message.tool_calls:
            # ruleid: python-exec-model-text
            exec(call.tool_input["code"], scope)


def exec_safe(code_str, gvars=None, lvars=None):
    # ruleid: python-exec-model-text
    exec(code_str, gvars, lvars)


def run_generated(source):
    namespace = {}
    # ruleid: python-exec-model-text
    exec(compile(source, "<generated>", "exec"), namespace)
    return namespace


def show_chart(vn, frame):
    chart_code = vn.make_chart(frame)
    scope = {"df": frame}
    # ruleid: python-exec-model-text
    exec(chart_code, globals(), scope)


# exec(llm_code) in a comment is only a comment
def fine(session, cursor, statement, model, query, reply):
    # ok: python-exec-model-text
    exec("answer = 42")
    template = "import math"
    # ok: python-exec-model-text
    exec(template, {})
    # ok: python-exec-model-text
    session.exec(query)
    # ok: python-exec-model-text
    cursor.execute(query)
    # ok: python-exec-model-text
    model.eval()
    # ok: python-exec-model-text
    result = json.loads(reply)
    # ok: python-exec-model-text
    exec(open("package/version.py").read(), {})
    return result


def ordinary(source, scope):
    # No sign of a model here: python-exec-dynamic reports it.
    # ok: python-exec-model-text
    exec(source, scope)


class Shell:
    def handle(self, **options):
        # ok: python-exec-model-text
        exec(options["command"], {})


def start(parser):
    args = parser.parse_args()
    # ok: python-exec-model-text
    exec(args.command, {})
