import urllib.parse

import django.shortcuts
import requests
from flask import Flask, redirect, request, url_for

app = Flask(__name__)


@app.route("/login", methods=["POST"])
def login():
    # ruleid: python-web-input-redirect
    return redirect(request.args.get("next", "/"))


@app.route("/out/<path:target>")
def out(target):
    # ruleid: python-web-input-redirect
    return redirect("//" + target)


@app.route("/home")
def home():
    # ok: python-web-input-redirect
    return redirect(url_for("login", next=request.args.get("next")))


@app.route("/partner")
def partner():
    target = request.args["to"]
    parsed = urllib.parse.urlparse(target)
    if parsed.netloc not in ("partner.example.com",) or parsed.scheme != "https":
        return "unknown", 400
    # ok: python-web-input-redirect
    return redirect(target)


@app.route("/moved")
def moved():
    answer = app.make_response(("", 302))
    # ruleid: python-web-input-redirect
    answer.headers["Location"] = request.args["to"]
    return answer


@app.route("/search")
def search():
    # ok: python-web-input-redirect
    return redirect("/results?" + urllib.parse.urlencode(request.args))


@app.route("/back")
def back():
    target = request.args.get("next", "/")
    if not is_safe_redirect(target):
        target = "/"
    # ok: python-web-input-redirect
    return redirect(target)


@app.route("/on")
def on():
    unsafe_next = request.args.get("next", "/")
    # ok: python-web-input-redirect
    return redirect(local_part_of(unsafe_next))


@app.route("/behind")
def behind():
    # ok: python-web-input-redirect
    return redirect(request.headers.get("X-Forwarded-Prefix", "") + "/home")


@app.route("/aside")
def aside():
    # ruleid: python-web-input-redirect
    return redirect(request.headers["Next-Page"])


def moved(request):
    target = page_of(request.path)
    if request.META.get("QUERY_STRING"):
        target = f"{target}?{request.META['QUERY_STRING']}"
    # ok: python-web-input-redirect
    first = django.shortcuts.redirect(target)
    # ruleid: python-web-input-redirect
    return first, django.shortcuts.redirect(request.META["HTTP_NEXT"])


@app.route("/below")
def below():
    application_root = "/app"
    # ok: python-web-input-redirect
    return redirect(application_root + request.full_path)


@app.route("/sign-in")
def sign_in():
    # ok: python-web-input-redirect
    return redirect(url_for("login") + "?next=" + request.args.get("next", "/"))


@app.route("/cluster")
def cluster():
    answer = requests.get("https://clusters.example.org/ask", params={"name": request.args.get("name")}, timeout=9)
    # ok: python-web-input-redirect
    return redirect(answer.json()["login"])
