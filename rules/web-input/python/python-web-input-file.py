import os
import pathlib

from fastapi import FastAPI
from flask import Flask, abort, request, send_from_directory
from werkzeug.utils import secure_filename

app = Flask(__name__)
api = FastAPI()
UPLOADS = pathlib.Path("/srv/uploads")


@app.route("/download")
def download():
    name = request.args["name"]
    # ruleid: python-web-input-file
    with open(os.path.join("/srv/uploads", name), "rb") as stream:
        first = stream.read()
    # ok: python-web-input-file
    with open(os.path.join("/srv/uploads", secure_filename(name)), "rb") as stream:
        second = stream.read()
    # ok: python-web-input-file
    third = send_from_directory("/srv/uploads", name)
    return first, second, third


@api.get("/notes/{name}")
def notes(name: str):
    path = UPLOADS / name
    # ruleid: python-web-input-file
    return path.read_text()


@app.route("/checked")
def checked():
    target = (UPLOADS / request.args["name"]).resolve()
    if not target.is_relative_to(UPLOADS):
        abort(404)
    # ok: python-web-input-file
    return target.read_bytes()


@app.route("/plain")
def plain():
    name = request.args["name"]
    if ".." in name or name.startswith("/"):
        return "no", 400
    # ok: python-web-input-file
    with open(f"/srv/uploads/{name}") as stream:
        return stream.read()


@app.route("/by-number")
def by_number():
    # ok: python-web-input-file
    with open(f"/srv/uploads/{int(request.args['number'])}.txt") as stream:
        return stream.read()


@app.route("/remove", methods=["POST"])
def remove():
    chosen = []
    chosen.append("/srv/uploads/temporary")
    chosen.append("/srv/uploads/" + request.form["name"])
    # ok: python-web-input-file
    os.remove(chosen[0])
    # ruleid: python-web-input-file
    os.remove(chosen[1])
    return "gone"


@app.route("/flat/<name>")
def flat(name):
    # ok: python-web-input-file
    with open("/srv/uploads/" + name.replace("/", "-")) as stream:
        first = stream.read()
    # ruleid: python-web-input-file
    with open("/srv/uploads/" + name.replace(":", "/")) as stream:
        return first, stream.read()


def safe_upload_name(name):
    return name.strip("./")


def short_upload_name(name):
    return name[:20]


@app.route("/short/<name>")
def short(name):
    # ok: python-web-input-file
    with open("/srv/uploads/" + safe_upload_name(name)) as stream:
        first = stream.read()
    # ruleid: python-web-input-file
    with open("/srv/uploads/" + short_upload_name(name)) as stream:
        return first, stream.read()
