import enum
import os
import pathlib
import uuid
from typing import Annotated, Literal, Optional

from fastapi import Depends, FastAPI, Query
from django.http import HttpResponse
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


@api.get("/notes/{name:path}")
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


class Size(enum.Enum):
    SMALL = "small.webp"
    LARGE = "large.webp"


def folder():
    return UPLOADS


@api.get("/pictures/{number}/{size}")
def picture(number: uuid.UUID, kind: Literal["a", "b"], where: Annotated[pathlib.Path, Depends(folder)], size: Size = Size.SMALL):
    # ok: python-web-input-file
    first = (UPLOADS / str(number)).read_bytes()
    # ok: python-web-input-file
    second = (UPLOADS / kind).read_bytes()
    # ok: python-web-input-file
    third = (where / "x").read_bytes()
    # ok: python-web-input-file
    return first + second + third + (UPLOADS / size.value).read_bytes()


@api.post("/stems")
def stem(title: str):
    target = UPLOADS / f"{pathlib.Path(title).stem}.zip"
    # ok: python-web-input-file
    target.unlink()
    # ruleid: python-web-input-file
    (UPLOADS / pathlib.Path(title).with_suffix(".zip")).unlink()

@api.get("/logo")
def logo(size: Optional[Size] = Query(Size.SMALL)):
    # ok: python-web-input-file
    return (UPLOADS / size.value).read_bytes()


@api.get("/guarded")
def guarded(first: str, second: str, third: str):
    if not is_path_inside(first, UPLOADS):
        abort(404)
    # ok: python-web-input-file
    text = open(first).read()
    if NAME.match(second) is None:
        raise ValueError(second)
    # ok: python-web-input-file
    text += open(second).read()
    if not is_file(third):
        abort(404)
    # ruleid: python-web-input-file
    return text + open(third).read()


def folder_of(request):
    name = request.data.get("uuid")
    try:
        uuid.UUID(name, version=4)
        # ok: python-web-input-file
        os.mkdir(f"/srv/uploads/{name}")
    except ValueError:
        abort(400)


@api.post("/checked-before")
def checked_before(name: str, other: str):
    path_traversal_check(name, UPLOADS)
    log_path(other)
    # ok: python-web-input-file
    first = open(name).read()
    # ruleid: python-web-input-file
    return first + open(other).read()


def upload(request):
    # ok: python-web-input-file
    return open(request.FILES["picture"].temporary_file_path()).read()


def safe_upload_name(name):
    return name.strip("./")


def short_upload_name(name):
    return name[:20]


@app.route("/short/<path:name>")
def short(name):
    # ok: python-web-input-file
    with open("/srv/uploads/" + safe_upload_name(name)) as stream:
        first = stream.read()
    # ruleid: python-web-input-file
    with open("/srv/uploads/" + short_upload_name(name)) as stream:
        return first, stream.read()


WATCHED = {}
THEMES = os.listdir("themes")


@api.get("/watched/{key}")
def latest(key: str):
    entry = WATCHED.get(key)
    # ok: python-web-input-file
    return open(os.path.join(entry.folder, "latest.html")).read()


@api.get("/theme/{name:path}")
def theme(name: str):
    if name in THEMES:
        # ok: python-web-input-file
        return open(os.path.join("themes", name, "index.html")).read()
    # ruleid: python-web-input-file
    return open(os.path.join("themes", name, "missing.html")).read()


@api.get("/record/{number}")
def record(number: str, name: str):
    found = Records.get_record(number=number)
    if found is None:
        return None
    # ok: python-web-input-file
    open(os.path.join("records", number, "all.json")).read()
    # ruleid: python-web-input-file
    return open(os.path.join("records", number, name)).read()


@api.post("/sound")
def sound(kind: str):
    ending = kind.split("/")[1]
    # ok: python-web-input-file
    open(f"sounds/one.{ending}", "wb").close()
    rest = kind.split("/", 1)
    # ruleid: python-web-input-file
    return open(f"sounds/one.{rest[1]}", "wb")


@api.get("/skill")
def skill(name: str):
    target = (SKILLS / name).resolve()
    # ruleid: python-web-input-file
    target.read_text()
    try:
        target.relative_to(SKILLS)
    except ValueError:
        return "no such skill"
    # ok: python-web-input-file
    return target.read_text()


@api.get("/repository")
def repository(address: str):
    parts = [part for part in address.strip("/").split("/") if part]
    owner, name = parts[0], parts[1]
    # ok: python-web-input-file
    open(f"repositories/{owner}-{name}.zip")
    # ruleid: python-web-input-file
    return open("repositories/" + "/".join(parts))


@api.get("/graph")
def graph(space: str):
    if not space or "/" in space or "\\" in space or space in (".", ".."):
        raise ValueError(space)
    # ok: python-web-input-file
    return open(f"graphs/{space}.json")


@api.get("/result")
def result(path: str):
    if not _is_within_allowed(path, ["results"]):
        return "denied"
    # ok: python-web-input-file
    return open(path)


@api.get("/upload")
def uploaded(path: str):
    _assert_inside("uploads", path)
    # ok: python-web-input-file
    return open(path)


@app.route("/documents", methods=["POST"])
def documents():
    # ok: python-web-input-file
    Serializer(data={"workspace": 1}).save(request.data)
    # ruleid: python-web-input-file
    request.files["one"].save(request.form["name"])


@app.route("/prompts/<path:name>")
def prompt_of(name: str):
    file = PROMPTS / name
    if not str(file.resolve()).startswith(str(PROMPTS.resolve())):
        return {"error": "no such prompt"}, 400
    # ok: python-web-input-file
    return file.read_text()


@api.get("/notes/{note}")
def note_of(note: str, folder: str):
    # ok: python-web-input-file
    first = open(f"notes/{note}.md").read()
    # ruleid: python-web-input-file
    return first + open(f"{folder}/index.md").read()


@api.get("/pages/{page:path}")
def page_of(page: str):
    # ruleid: python-web-input-file
    return open(f"pages/{page}.md").read()


@api.delete("/workspaces/{workspace}")
def remove(workspace: str):
    # ruleid: python-web-input-file
    shutil.rmtree(WORKSPACES / workspace)


@app.route("/logs/<name>")
def log_of(name):
    # ok: python-web-input-file
    with open(os.path.join(LOGS, name)) as log:
        return log.read()


@app.route("/shared/<token>")
def shared(token):
    # ruleid: python-web-input-file
    return open(os.path.join(SHARED, urllib.parse.unquote(token))).read()


@app.route("/scratch/<path:name>")
def scratch(name):
    target = workspace().confined_scratch.resolve(name)
    # ok: python-web-input-file
    return open(target).read()


@app.route("/loose/<path:name>")
def loose(name):
    # ruleid: python-web-input-file
    return open((FOLDER / name).resolve()).read()


@app.route("/threads/<thread>/<path:name>")
async def of_thread(thread, name):
    target = await asyncio.to_thread(resolve_thread_virtual_path, thread, name)
    # ok: python-web-input-file
    return open(target).read()


@app.route("/keep", methods=["POST"])
def keep_ending():
    sent = request.files["file"]
    ending = Path(sent.filename).suffix.lower()
    # ok: python-web-input-file
    (FOLDER / f"{uuid4().hex}{ending}").write_bytes(sent.read())
    other = os.path.splitext(sent.filename)[1]
    # ok: python-web-input-file
    open(os.path.join(FOLDER, uuid4().hex + other), "wb")
    # ruleid: python-web-input-file
    return open(os.path.join(FOLDER, os.path.splitext(sent.filename)[0] + other)).read()
