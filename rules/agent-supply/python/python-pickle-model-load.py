import base64
import json
import pickle

import dill
import joblib
import numpy as np
import pandas as pd
import redis
import requests
from flask import Flask, request

app = Flask(__name__)
cache = redis.Redis()


# ruleid: python-pickle-model-load
model = joblib.load("models/churn.joblib")

with open("models/vectorizer.pkl", "rb") as f:
    # ruleid: python-pickle-model-load
    vectorizer = pickle.load(f)


def load_model(path):
    with open(path, "rb") as handle:
        # ruleid: python-pickle-model-load
        return pickle.load(handle)


def download(url):
    response = requests.get(url, timeout=30)
    # ruleid: python-pickle-model-load
    return pickle.loads(response.content)


def remembered(key):
    # ruleid: python-pickle-model-load
    return pickle.loads(cache.get(key))


@app.post("/predict")
def predict():
    # ruleid: python-pickle-model-load
    features = pickle.loads(base64.b64decode(request.json["features"]))
    return {"label": int(model.predict([features])[0])}


def restore_agent(path):
    # ruleid: python-pickle-model-load
    return dill.load(open(path, "rb"))


def embeddings(path):
    # ruleid: python-pickle-model-load
    table = np.load(path, allow_pickle=True)
    # ruleid: python-pickle-model-load
    frame = pd.read_pickle(path + ".pkl")
    return table, frame


def worker(socket):
    # ruleid: python-pickle-model-load
    return socket.recv_pyobj()


def settings(path):
    # ok: python-pickle-model-load
    return json.load(open(path))


def read_cache(path):
    with open(path, "rb") as f:
        # ok: python-pickle-model-load
        entries = pickle.load(f)
    return entries


def save(model, path):
    # ok: python-pickle-model-load
    joblib.dump(model, path)


def plain(path):
    # ok: python-pickle-model-load
    a = np.load(path)
    # ok: python-pickle-model-load
    b = np.load(path, allow_pickle=False)
    # ok: python-pickle-model-load
    c = pd.read_parquet(path)
    return a, b, c


def clone(value):
    # ok: python-pickle-model-load
    return pickle.loads(pickle.dumps(value))


class Index:
    def load(self, path):
        # ok: python-pickle-model-load
        return self.loader.load(path)


# ok: python-pickle-model-load
fixture = pd.read_pickle("tests/data/frame.pkl")


def load_state(path, allow_pickle=False):
    if not allow_pickle:
        raise ValueError("a pickle runs code: say allow_pickle=True")
    with open(path, "rb") as f:
        # ok: python-pickle-model-load
        return cloudpickle.load(f)
