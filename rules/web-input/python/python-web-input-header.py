from flask import Flask, Response, make_response, request
from werkzeug.datastructures import Headers

app = Flask(__name__)
KINDS = {"csv": "text/csv", "json": "application/json"}


@app.route("/export")
def export():
    response = make_response("a,b")
    # ruleid: python-web-input-header
    response.headers["Content-Type"] = request.args.get("type")
    return response


@app.route("/language")
def language():
    headers = Headers()
    # ruleid: python-web-input-header
    headers.add("Content-Language", request.args["lang"])
    return Response("hello", headers=headers)


@app.route("/table")
def table():
    response = make_response("a,b")
    # ok: python-web-input-header
    response.headers["Content-Type"] = KINDS.get(request.args.get("as"), "text/plain")
    return response


@app.route("/plain")
def plain():
    response = make_response(str(len(request.args)))
    # ok: python-web-input-header
    response.headers["Cache-Control"] = "no-store"
    return response
