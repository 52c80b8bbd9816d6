import urllib.parse
import urllib.request

import httpx
import requests
from flask import Flask, abort, request

app = Flask(__name__)
ALLOWED_HOSTS = {"images.example.com"}


@app.route("/preview")
def preview():
    # ruleid: python-web-input-url
    return requests.get(request.args["url"], timeout=5).text


@app.route("/tenant")
def tenant():
    name = request.form.get("tenant")
    # ruleid: python-web-input-url
    with urllib.request.urlopen(f"http://{name}.internal/status") as answer:
        return answer.read()


@app.route("/hook", methods=["POST"])
async def hook():
    target = request.get_json()["callback"]
    async with httpx.AsyncClient() as client:
        # ruleid: python-web-input-url
        await client.post(target, json={"done": True})
    return "ok"


@app.route("/image")
def image():
    url = request.args["url"]
    parsed = urllib.parse.urlparse(url)
    if parsed.hostname not in ALLOWED_HOSTS:
        abort(403)
    # ok: python-web-input-url
    return requests.get(url, timeout=5).content


@app.route("/weather")
def weather():
    # ok: python-web-input-url
    return requests.get("https://weather.example.com/v1", params={"city": request.args["city"]}, timeout=5).json()


@app.route("/user")
def user():
    name = urllib.parse.quote(request.args["name"], safe="")
    # ok: python-web-input-url
    return requests.get(f"https://api.example.com/users/{name}", timeout=5).json()


@app.route("/token")
def token():
    credential = request.form["credential"]
    # ok: python-web-input-url
    first = requests.get(f"https://tokens.example.com/info?id={credential}", timeout=5)
    # ok: python-web-input-url
    second = requests.get("https://tokens.example.com/info?id=" + credential, timeout=5)
    # ruleid: python-web-input-url
    third = requests.get(f"https://{credential}.example.com/info", timeout=5)
    # ruleid: python-web-input-url
    fourth = requests.get("https://" + credential, timeout=5)
    return first, second, third, fourth


@app.route("/media")
def media():
    url = request.form["media"]
    parts = urllib.parse.urlparse(url)
    host = parts.netloc.lower()
    if not (host == "example.org" or host.endswith(".example.org")):
        raise PermissionError(url)
    # ok: python-web-input-url
    return requests.get(url, timeout=5).content


@app.route("/all-media")
def all_media():
    found = []
    for name in ("first", "second"):
        url = request.form[name]
        parts = urllib.parse.urlsplit(url)
        if parts.hostname != "media.example.org":
            continue
        # ok: python-web-input-url
        found.append(requests.get(url, timeout=5).content)
    return found


@app.route("/other-media")
def other_media():
    url = request.form["media"]
    parts = urllib.parse.urlsplit(url)
    if parts.hostname == "localhost":
        raise PermissionError(url)
    # A list of what is not allowed is never whole.
    # ruleid: python-web-input-url
    return requests.get(url, timeout=5).content


@app.route("/output")
def output():
    outputs_url = settings["outputs"]
    # ok: python-web-input-url
    first = requests.get(f"{outputs_url}{request.args['name']}", timeout=5)
    scheme = "https"
    # ruleid: python-web-input-url
    return first, requests.get(f"{scheme}://{request.args['name']}/", timeout=5)


@app.route("/kernel/<path:path>")
def kernel(path):
    # ok: python-web-input-url
    first = requests.get(f"http://localhost:{KERNEL_PORT}/{path}", timeout=5)
    # ruleid: python-web-input-url
    return first, requests.get(f"http://{path}:{KERNEL_PORT}/", timeout=5)
