import httpx
import requests
from flask import Flask, jsonify
from requests import post

app = Flask(__name__)


@app.get("/weather/<town>")
def weather(town):
    # ruleid: python-server-request-no-timeout
    answer = requests.get("https://weather.example.com/v2", params={"town": town})
    return jsonify(answer.json())


def report(event):
    # ruleid: python-server-request-no-timeout
    post("https://events.example.com/in", json=event)
    # ruleid: python-server-request-no-timeout
    httpx.post("https://events.example.com/in", json=event, timeout=None)


def patient(event, **options):
    # ok: python-server-request-no-timeout
    requests.get("https://events.example.com/health", timeout=(3, 10))
    # The limit may be among these.
    # ok: python-server-request-no-timeout
    requests.post("https://events.example.com/in", json=event, **options)
    # httpx gives up after five seconds.
    # ok: python-server-request-no-timeout
    return httpx.get("https://events.example.com/health")
