import secrets

from flask import Flask, make_response

app = Flask(__name__)
OPTIONS = {"secure": True, "httponly": True}


@app.route("/login", methods=["POST"])
def login():
    response = make_response("hello")
    # ruleid: python-cookie-not-secure
    response.set_cookie("sessionid", secrets.token_urlsafe(16))
    # ruleid: python-cookie-not-secure
    response.set_cookie("auth_token", secrets.token_urlsafe(16), httponly=True)
    # ok: python-cookie-not-secure
    response.set_cookie("session", secrets.token_urlsafe(16), secure=True, httponly=True)
    # ok: python-cookie-not-secure
    response.set_cookie("theme", "dark")
    # ok: python-cookie-not-secure
    response.set_cookie("session", secrets.token_urlsafe(16), **OPTIONS)
    return response
