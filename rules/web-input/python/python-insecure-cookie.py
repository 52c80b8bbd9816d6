from flask import Flask, make_response

app = Flask(__name__)


@app.route("/login")
def login():
    response = make_response("in")
    # ruleid: python-insecure-cookie
    response.set_cookie("session", "value", secure=False, httponly=True)
    # ruleid: python-insecure-cookie
    response.set_signed_cookie("remember", "value", secure=False)
    # ok: python-insecure-cookie
    response.set_cookie("session", "value", secure=True, httponly=True)
    # ok: python-insecure-cookie
    response.set_cookie("theme", "dark")
    # ok: python-insecure-cookie
    response.delete_cookie("session", secure=True)
    return response
