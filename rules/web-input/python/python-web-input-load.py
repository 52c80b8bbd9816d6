import base64
import json
import pickle

import yaml
from flask import Flask, request
from rest_framework.views import APIView

app = Flask(__name__)


@app.route("/cart")
def cart():
    cookie = request.cookies.get("cart")
    # ruleid: python-web-input-load
    items = pickle.loads(base64.b64decode(cookie))
    # ok: python-web-input-load
    others = json.loads(base64.b64decode(cookie))
    return str(items) + str(others)


class Settings(APIView):
    def post(self, request):
        # ruleid: python-web-input-load
        settings = yaml.load(request.data["settings"], Loader=yaml.Loader)
        # ok: python-web-input-load
        plain = yaml.safe_load(request.data["settings"])
        # ok: python-web-input-load
        same = yaml.load(request.data["settings"], Loader=yaml.SafeLoader)
        return settings, plain, same


def cached(path):
    with open(path, "rb") as stream:
        # ok: python-web-input-load
        return pickle.load(stream)


@app.route("/basket")
def basket():
    user = request.args["user"]
    # ok: python-web-input-load
    return pickle.loads(redis_client.get(f"basket_{user}"))


@app.route("/jobs")
def jobs():
    held = redis_conn.mget(request.args.getlist("job"))
    # ok: python-web-input-load
    known = [pickle.loads(each) for each in held]
    # ruleid: python-web-input-load
    return known, pickle.loads(request.args["job"])


@app.route("/plan", methods=["POST"])
def plan():
    text = request.get_json()["plan"]
    # ok: python-web-input-load
    steps = yaml.load(text, Loader=SafeLoaderWithoutAliases)
    # ruleid: python-web-input-load
    return steps, yaml.load(text, Loader=yaml.Loader)
