import random
import secrets

from flask import Flask, make_response, session

app = Flask(__name__)


@app.route("/login")
def login():
    token = str(random.random())[2:]
    # ruleid: python-weak-random-secret
    session["csrf"] = token
    response = make_response("in")
    # ruleid: python-weak-random-secret
    response.set_cookie("remember", "".join(random.choices("abcdef0123456789", k=32)))
    # ok: python-weak-random-secret
    response.set_cookie("theme", secrets.token_urlsafe(8))
    # ok: python-weak-random-secret
    session["csrf"] = secrets.token_urlsafe(32)
    return response


def forgotten():
    # ruleid: python-weak-random-secret
    reset_token = f"{random.getrandbits(64):x}"
    # ok: python-weak-random-secret
    delay = random.uniform(0.1, 0.5)
    # ok: python-weak-random-secret
    colour = random.choice(["red", "green"])
    # ok: python-weak-random-secret
    password = "".join(random.SystemRandom().choices("abcdef", k=20))
    return reset_token, delay, colour, password


def settings(pool):
    chosen = random.choice(pool)
    # ok: python-weak-random-secret
    return {"base": "x"} | dict(api_key=chosen["api_key"])


def visit():
    # ruleid: python-weak-random-secret
    session_id = f"{random.randint(0, 999999)}"
    return session_id


def game(session, prompts):
    # ok: python-weak-random-secret
    session["number"] = random.randint(1, 100)
    # ok: python-weak-random-secret
    session["prompt"] = random.choice(prompts)
    # ruleid: python-weak-random-secret
    session["oauth_state"] = str(random.random())
