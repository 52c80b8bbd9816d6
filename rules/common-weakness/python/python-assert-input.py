import sys

from flask import Flask, request

app = Flask(__name__)


@app.route("/pay", methods=["POST"])
def pay():
    amount = request.form["amount"]
    # ruleid: python-assert-input
    assert amount.isdigit(), "not a number"
    return amount


def ask():
    age = int(input("age: "))
    # ruleid: python-assert-input
    assert age > 0
    return age


def checked():
    age = input("age: ")
    if not age.isdigit():
        raise ValueError(age)
    # ok: python-assert-input
    return int(age)


def inner(rows):
    # ok: python-assert-input
    assert rows, "the caller never sends none"
    return rows[0]
