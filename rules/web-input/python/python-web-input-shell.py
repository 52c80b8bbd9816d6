import os
import shlex
import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    host = request.args.get("host")
    # ruleid: python-web-input-shell
    os.system("ping -c 1 " + host)
    # ok: python-web-input-shell
    subprocess.run(["ping", "-c", "1", "--", host], timeout=5)
    # ok: python-web-input-shell
    os.system("ping -c 1 " + shlex.quote(host))
    return "sent"


@app.route("/count", methods=["POST"])
def count():
    lines = request.form["lines"]
    command = ["sh"]
    command.append("-c")
    command.append(f"head -n {lines} access.log")
    # ruleid: python-web-input-shell
    shown = subprocess.run(command, capture_output=True)
    # ok: python-web-input-shell
    subprocess.run(f"head -n {int(lines)} access.log", shell=True)
    return shown.stdout


@app.get("/tail")
def tail(name: str):
    # ruleid: python-web-input-shell
    return subprocess.check_output(f"tail {name}", shell=True)


@app.route("/report")
def report():
    options = {"format": "pdf"}
    options["title"] = request.headers["X-Title"]
    # ok: python-web-input-shell
    os.system("make-report --format " + options["format"])
    # ruleid: python-web-input-shell
    os.system("make-report --title " + options["title"])
    kind = request.args["kind"]
    if kind not in ("daily", "weekly"):
        return "no such report", 404
    # ok: python-web-input-shell
    os.system("make-report " + kind)
    return "made"


def nightly():
    # ok: python-web-input-shell
    os.system("make-report --all")


@app.post("/run")
def run_worker():
    question = request.form["question"]
    command = [sys.executable, "-m", "worker", "--question", question]
    # ok: python-web-input-shell
    subprocess.run(command, check=True)
    shown = ["git", "log", "--", question]
    # ok: python-web-input-shell
    subprocess.run(shown, check=True)
    line = ["sh", "-c", "wc -l " + question]
    # ruleid: python-web-input-shell
    subprocess.run(line, check=True)


@app.post("/film")
def film():
    frames = pipe(request.json["text"]).frames
    path = export_to_video(frames)
    # ok: python-web-input-shell
    os.system(f"ffmpeg -i {path} film.mp4")
    title = request.json["title"]
    # ruleid: python-web-input-shell
    os.system(f"ffmpeg -i {path} {title}.mp4")
