import traceback

from flask import Flask, jsonify

app = Flask(__name__)


@app.route("/report")
def report():
    try:
        return make()
    except Exception:
        # ruleid: python-error-text-to-client
        return traceback.format_exc(), 500


@app.errorhandler(Exception)
def failed(error):
    # ruleid: python-error-text-to-client
    return jsonify(error=str(error), trace=traceback.format_exc())


@app.route("/quiet")
def quiet():
    try:
        return make()
    except Exception:
        app.logger.error(traceback.format_exc())
        # ok: python-error-text-to-client
        return "internal error", 500


def make():
    # ok: python-error-text-to-client
    return "report"
