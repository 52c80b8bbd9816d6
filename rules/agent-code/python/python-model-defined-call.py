import re

from openai import OpenAI

client = OpenAI()


def ask(prompt):
    return client.responses.create(model="m", input=prompt).output_text


def defined(prompt, text):
    reply = ask(prompt)
    space = {"text": text, "prompt": reply}
    # ok: python-model-defined-call
    exec("def size(t): return len(t)", space)
    # ok: python-model-defined-call
    eval("size(prompt)", space)
    exec(reply, space)
    # ruleid: python-model-defined-call
    return eval("extract(text)", space)


def defined_globally(field, prompt, text):
    field = re.sub(r"[^A-Za-z0-9]", "_", ask(field))
    try:
        exec(ask(prompt), globals())
    except SyntaxError:
        return None
    # ruleid: python-model-defined-call
    exec(f"result = get_{field}(text)", globals())
    # ok: python-model-defined-call
    return eval("result", globals())


def run_in(space, code, arguments):
    exec(code, {"__name__": "generated"}, space)
    # ruleid: python-model-defined-call
    return eval("main(arguments)", {"arguments": arguments}, space)


def through_a_function(prompt):
    return run_in({}, ask(prompt), {})


def kept_apart(prompt, text):
    tests, ours = {}, {"text": text}
    exec(ask(prompt), tests)
    exec("def extract(t): return t.upper()", ours)
    # ok: python-model-defined-call
    return eval("extract(text)", ours)


def ours(path, rows):
    space = {}
    with open(path) as file:
        exec(file.read(), space)
    # ok: python-model-defined-call
    return [eval("convert(row)", space, {"row": row}) for row in rows]
