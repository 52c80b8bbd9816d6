import bcrypt
from flask import Flask, request

app = Flask(__name__)


@app.route("/admin", methods=["POST"])
def admin():
    # ruleid: python-password-literal-check
    if request.form["password"] == "s3cret!":
        return "welcome"
    return "no", 403


def check(user_password):
    # ruleid: python-password-literal-check
    return user_password == "letmein"


def stored(password, row):
    # ok: python-password-literal-check
    return bcrypt.checkpw(password.encode(), row.password_hash)


def kind(field, password):
    # ok: python-password-literal-check
    if field.type == "password" or password == "":
        return None
    # ok: python-password-literal-check
    return password == field.confirmation


def changes(module):
    # ok: python-password-literal-check
    return module.update_password == "on_create_only"
