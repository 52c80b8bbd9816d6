import ast
import operator


def calculator(expression):
    # ruleid: python-eval-dynamic
    return eval(expression)


def exists(name, all_vars):
    try:
        # ruleid: python-eval-dynamic
        eval(name, all_vars)
    except NameError:
        return False
    return True


def ask_user():
    # ruleid: python-eval-dynamic
    return eval(input("formula: "))


# ruleid: python-eval-dynamic
square = eval("lambda x: x **" + POWER)


def run_startup(path, scope):
    with open(path) as f:
        # ok: python-eval-dynamic
        eval(compile(f.read(), path, "exec"), scope)
        # ruleid: python-eval-dynamic
        eval(compile(f.read(), path, "exec"))


def watch(expression, frame):
    # ok: python-eval-dynamic
    return eval(expression, frame.f_globals, frame.f_locals)


def columns(frame, rows):
    # ruleid: python-eval-dynamic
    frame["tags"] = frame["tags"].apply(eval)
    # ruleid: python-eval-dynamic
    return list(map(eval, rows))


def fine(network, parser, row, text, frame):
    # ok: python-eval-dynamic
    frame["tags"] = frame["tags"].apply(ast.literal_eval)
    # ok: python-eval-dynamic
    frame["eval"] = frame["train"].map(len)
    # ok: python-eval-dynamic
    network.eval()
    # ok: python-eval-dynamic
    evaluate(text)
    # ok: python-eval-dynamic
    ast.literal_eval(text)
    # ok: python-eval-dynamic
    eval("1 + 1", {})
    # ok: python-eval-dynamic
    parser.eval(text)
    # ok: python-eval-dynamic
    same = eval(repr(row))
    # eval(text) would be shorter, but it is not needed
    return same


EXPRESSION = "3 * 4"
# ok: python-eval-dynamic
twelve = eval(EXPRESSION)

if text in ["True", "False", "None"]:
    # ok: python-eval-dynamic
    value = eval(text)

CASES = [["first", "make(1)", True], ["second", "make(2)", False]]
for number in range(len(CASES)):
    # ok: python-eval-dynamic
    made = eval(CASES[number][1])
    # ruleid: python-eval-dynamic
    other = eval(text[number])

QUESTIONS = [
    "len(queue)",
    "queue.empty()",
]
for question in QUESTIONS:
    # ok: python-eval-dynamic
    print(question, eval(question))
