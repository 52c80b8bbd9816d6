from flask import Flask, request, session

app = Flask(__name__)
LANGUAGES = {"en", "de"}


@app.route("/choose")
def choose():
    # ruleid: python-web-input-session
    session["role"] = request.args["role"]
    # ruleid: python-web-input-session
    session[request.args["key"]] = "1"
    # ok: python-web-input-session
    session["page"] = int(request.args["page"])
    language = request.args["language"]
    if language in LANGUAGES:
        # ok: python-web-input-session
        session["language"] = language
    # ok: python-web-input-session
    session["seen"] = "yes"
    return "kept"
