import ast
import importlib

from django.http import HttpResponse
from flask import Flask, render_template, render_template_string, request

app = Flask(__name__)


@app.route("/calculate")
def calculate():
    formula = request.args.get("formula", "")
    # ruleid: python-web-input-code
    result = eval(formula)
    # ok: python-web-input-code
    safe = ast.literal_eval(formula)
    # ok: python-web-input-code
    eval("6 * 7")
    return f"{result} {safe}"


@app.route("/greet/<name>")
def greet(name):
    # ruleid: python-web-input-code
    page = render_template_string("<h1>Hello " + name + "</h1>")
    # ok: python-web-input-code
    other = render_template("greet.html", name=name)
    # ok: python-web-input-code
    third = render_template_string("<h1>Hello {{ name }}</h1>", name=name)
    return page + other + third


def run_script(request):
    script = request.POST.get("script")
    # ruleid: python-web-input-code
    exec(script)
    return HttpResponse("done")


@app.route("/quote")
def quote():
    text = request.args["text"]
    if not text.startswith('"') or not text.endswith('"') or '"' in text[1:-1]:
        return "not a literal", 400
    # ok: python-web-input-code
    return eval(text)


@app.route("/limit")
def limit():
    steps = 12
    expression = request.args["expression"] if steps > 20 else "40 + 2"
    # ok: python-web-input-code
    return str(eval(expression))


@app.route("/check")
def check():
    source = request.args["source"]
    # ruleid: python-web-input-code
    return str(compile(source, "<web>", "exec"))


@app.route("/letter/<name>")
def letter(name):
    with open(LETTERS / name) as stream:
        text = stream.read()
    # ok: python-web-input-code
    first = render_template_string(text)
    # ok: python-web-input-code
    second = render_template_string((LETTERS / name).read_text())
    # ruleid: python-web-input-code
    return first + second + render_template_string(text + name)


@app.route("/extra", methods=["POST"])
def extra():
    form = make_form(request.form)
    # ok: python-web-input-code
    shown = render_template_string(form.extra_content())
    # ruleid: python-web-input-code
    return shown + render_template_string(request.form.get("text").strip())


@app.route("/page")
def page():
    # ok: python-web-input-code
    return Cursor.from_string(request.args.get("cursor", "0:0"))


@app.route("/plugin")
def plugin():
    name = request.args["plugin"]
    # ok: python-web-input-code
    known = importlib.import_module(f"plugins.{name}.main")
    # ruleid: python-web-input-code
    return known, importlib.import_module(name)


@app.route("/runs/<run>")
def run_of(run):
    kept = storage.read_from_run("state.json", run)
    # ok: python-web-input-code
    first = importlib.import_module(kept["action"])
    # ruleid: python-web-input-code
    return first, importlib.import_module(request.json["action"])


@app.route("/check", methods=["POST"])
def check():
    code = request.form["code"]
    # ok: python-web-input-code
    compile(code, "<checked>", "exec")
    # ruleid: python-web-input-code
    compiled = compile(code, "<run>", "exec")
    return str(compiled)


@app.route("/render", methods=["POST"])
def render_in_sandbox():
    template = request.form["template"]
    # ok: python-web-input-code
    return jinja_sandbox_env.from_string(template).render()
