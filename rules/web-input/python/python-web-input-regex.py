import re

from flask import Flask, request

app = Flask(__name__)
LINES = ["one", "two"]


@app.route("/grep")
def grep():
    # ruleid: python-web-input-regex
    found = re.compile(request.args["pattern"], re.I)
    return [line for line in LINES if found.search(line)]


@app.route("/names")
def names():
    prefix = request.form.get("prefix", "")
    # ruleid: python-web-input-regex
    return [line for line in LINES if re.match("^" + prefix, line)]


@app.route("/plain")
def plain():
    # ok: python-web-input-regex
    return [line for line in LINES if re.search(re.escape(request.args["q"]), line)]


@app.route("/digits")
def digits():
    # ok: python-web-input-regex
    return re.findall(r"[0-9]+", request.args["text"])


@app.route("/kept")
def kept():
    regex = re.compile(r"[0-9]+")
    # ok: python-web-input-regex
    return str(regex.search(request.args["text"]))
