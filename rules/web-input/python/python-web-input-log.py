import logging

from flask import Flask, request

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.route("/login", methods=["POST"])
def login():
    # ruleid: python-web-input-log
    logger.warning("failed login for " + request.form["user"])
    return "no", 403


@app.route("/search")
def search():
    query = request.args.get("q")
    # ruleid: python-web-input-log
    app.logger.info(f"search: {query}")
    return ""


@app.route("/quoted")
def quoted():
    # ok: python-web-input-log
    logger.info("search: " + repr(request.args.get("q")))
    return ""


@app.route("/count")
def count():
    # ok: python-web-input-log
    logger.info("arguments: %d", len(request.args))
    return ""
