import os
import uuid

from flask import Flask, abort, request
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.route("/upload", methods=["POST"])
def upload():
    file = request.files["file"]
    # ruleid: python-web-input-upload
    file.save(os.path.join("uploads", secure_filename(file.filename)))
    return "ok"


@app.route("/avatar", methods=["POST"])
def avatar():
    picture = request.files.get("picture")
    # ruleid: python-web-input-upload
    with open("static/" + picture.filename, "wb") as target:
        target.write(picture.read())
    return "ok"


@app.route("/photo", methods=["POST"])
def photo():
    picture = request.files["picture"]
    # ok: python-web-input-upload
    picture.save(os.path.join("photos", f"{uuid.uuid4()}.png"))
    return "ok"


def allowed_file(name):
    return name.rsplit(".", 1)[-1].lower() in {"png", "jpg"}


@app.route("/checked", methods=["POST"])
def checked():
    picture = request.files["picture"]
    if not allowed_file(picture.filename):
        abort(415)
    # ok: python-web-input-upload
    picture.save(os.path.join("photos", secure_filename(picture.filename)))
    return "ok"


@app.route("/also-checked", methods=["POST"])
def also_checked():
    picture = request.files["picture"]
    if not (picture and picture.filename and allowed_file(picture.filename)):
        return "no picture", 400
    # ok: python-web-input-upload
    picture.save(os.path.join("photos", secure_filename(picture.filename)))
    return "ok"


@app.route("/by-its-end", methods=["POST"])
def by_its_end():
    picture = request.files["picture"]
    if picture and picture.filename.lower().endswith((".png", ".jpg")):
        # ok: python-web-input-upload
        picture.save(os.path.join("photos", secure_filename(picture.filename)))
        return "ok"
    other = request.files["other"]
    # ruleid: python-web-input-upload
    other.save(os.path.join("photos", secure_filename(other.filename)))
    return "no picture"
