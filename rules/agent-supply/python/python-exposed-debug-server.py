import os

import dash
from flask import Flask
from werkzeug.serving import run_simple

app = Flask(__name__)
dashboard = dash.Dash(__name__)
HOST = "0.0.0.0"


def main():
    # ruleid: python-exposed-debug-server
    app.run(host="0.0.0.0", port=5000, debug=True)


def reversed_order():
    # ruleid: python-exposed-debug-server
    app.run(debug=True, port=8080, host="0.0.0.0")


def constant():
    # ruleid: python-exposed-debug-server
    app.run(host=HOST, debug=True)


def positional():
    # ruleid: python-exposed-debug-server
    app.run("0.0.0.0", 5000, debug=True)


def dash_app():
    # ruleid: python-exposed-debug-server
    dashboard.run_server(host="::", debug=True)


def werkzeug():
    # ruleid: python-exposed-debug-server
    run_simple("0.0.0.0", 5000, app, use_debugger=True)


def good():
    # ok: python-exposed-debug-server
    app.run(host="127.0.0.1", debug=True)
    # ok: python-exposed-debug-server
    app.run(debug=True)
    # ok: python-exposed-debug-server
    app.run(host="0.0.0.0", debug=False)
    # ok: python-exposed-debug-server
    app.run(host="0.0.0.0", debug=os.environ.get("DEBUG") == "1")
    # ok: python-exposed-debug-server
    app.run(host=os.environ["HOST"], debug=True)
    # ok: python-exposed-debug-server
    print('app.run(host="0.0.0.0", debug=True)')
    # ok: python-exposed-debug-server
    run_simple("localhost", 5000, app, use_debugger=True)
