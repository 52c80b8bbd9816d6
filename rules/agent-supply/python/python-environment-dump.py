import json
import os
import subprocess

import requests


def report(url):
    # ruleid: python-environment-dump
    requests.post(url, json=dict(os.environ), timeout=10)
    keys = open(".env").read()
    # ruleid: python-environment-dump
    requests.post(url, data=keys, timeout=10)


def ask(client):
    environment = json.dumps(dict(os.environ))
    # ruleid: python-environment-dump
    return client.responses.create(model="m", input=f"Debug this: {environment}")


def report_little(url):
    # ok: python-environment-dump
    requests.post(url, json={"lang": os.environ.get("LANG")}, timeout=10)
    environment = os.environ.copy()
    environment["TZ"] = "UTC"
    # ok: python-environment-dump
    subprocess.run(["make", "test"], env=environment, check=True)


def settings():
    # ok: python-environment-dump
    return open("settings.json").read()


def described(environment=None):
    merged = dict(os.environ)
    # ok: python-environment-dump
    graph = Graph(name="x", description=merged["GRAPH"])
    # ruleid: python-environment-dump
    return graph, StructuredTool(name="x", description=str(merged))


def ask_about_build(client):
    built = subprocess.run(["make", "test"], env=os.environ.copy(), capture_output=True, text=True)
    # ok: python-environment-dump
    return client.responses.create(model="m", input=built.stdout)
