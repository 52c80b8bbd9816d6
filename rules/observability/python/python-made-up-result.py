import random

import requests


def pay(order):
    try:
        requests.post("https://pay.example.com", json=order, timeout=5).raise_for_status()
    except requests.RequestException:
        # ruleid: python-made-up-result
        return {"status": "success", "id": 1}


def price(symbol):
    try:
        return requests.get("https://quotes.example.com/" + symbol, timeout=5).json()
    except Exception as error:
        print(error)
        # ruleid: python-made-up-result
        return random.uniform(90, 110)


def rows():
    try:
        return requests.get("https://data.example.com", timeout=5).json()
    except ValueError:
        # ruleid: python-made-up-result
        return generate_mock_rows()


def honest(order):
    try:
        requests.post("https://pay.example.com", json=order, timeout=5).raise_for_status()
    except requests.RequestException as error:
        # ok: python-made-up-result
        return {"status": "failed", "error": str(error)}


def none(symbol):
    try:
        return requests.get("https://quotes.example.com/" + symbol, timeout=5).json()
    except ValueError:
        # ok: python-made-up-result
        return None


def generate_mock_rows():
    return []
