import httpx
import requests
from requests import post


def fetch(url):
    # ruleid: python-request-no-timeout
    return requests.get(url, headers={"accept": "application/json"}).json()


def send(url, body):
    # ruleid: python-request-no-timeout
    post(url, json=body)
    # ruleid: python-request-no-timeout
    return httpx.get(url, timeout=None)


def patient(url, **options):
    # ok: python-request-no-timeout
    requests.get(url, timeout=(3, 30))
    # ok: python-request-no-timeout
    return requests.post(url, **options)


def other(client, url):
    # ok: python-request-no-timeout
    return httpx.get(url)
