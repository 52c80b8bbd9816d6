import html

import requests

from flask import Flask, jsonify, make_response, render_template, request
from markupsafe import Markup, escape

app = Flask(__name__)


@app.route("/hello")
def hello():
    name = request.args.get("name", "")
    page = "<h1>Hello "
    page += name
    # ruleid: python-web-input-html
    return page + "</h1>"


@app.route("/safe")
def safe():
    # ok: python-web-input-html
    return f"<h1>Hello {escape(request.args['name'])}</h1>"


@app.route("/template")
def template():
    # ok: python-web-input-html
    return render_template("hello.html", name=request.args["name"])


@app.route("/data")
def data():
    # ok: python-web-input-html
    return jsonify(name=request.args["name"])


@app.route("/header")
def header():
    # ok: python-web-input-html
    return make_response(("sent", {"X-Name": request.args["name"]}))


@app.route("/bold")
def bold():
    # ruleid: python-web-input-html
    text = Markup("<b>" + request.args["text"] + "</b>")
    # ok: python-web-input-html
    other = Markup("<b>" + html.escape(request.args["text"]) + "</b>")
    return render_template("bold.html", text=text, other=other)


@app.route("/entry/<int:number>")
def entry(number):
    # ok: python-web-input-html
    return f"no entry {number}"


@app.route("/entry/<int:number>/<name>")
def named(number, name):
    # ruleid: python-web-input-html
    return f"no entry {number} of {name}"


@app.route("/plain-text")
def plain_text():
    # ok: python-web-input-html
    text = Markup(request.args["text"]).unescape()
    # ruleid: python-web-input-html
    return str(Markup(request.args["text"]))


@app.route("/hook")
def hook():
    echo = crypto.check_signature(request.args["signature"], request.args["echo"])
    # ok: python-web-input-html
    return echo


@app.route("/proxied/<path:path>")
def proxied(path):
    answer = requests.get(f"http://localhost:8080/{path}", timeout=5)
    # ok: python-web-input-html
    return answer.text


def create_app(app):
    @app.route("/title", methods=["POST"])
    def title():
        names = list(request.form.keys())
        # ruleid: python-web-input-html
        return f"<h1>{names[0]}</h1>"


@app.route("/steps/<name>")
def steps(name):
    # ok: python-web-input-html
    return "done", name


@app.route("/missing/<name>")
def missing(name):
    # ruleid: python-web-input-html
    return f"<p>no {name}</p>", 404
