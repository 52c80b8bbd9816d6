import os
import re
from pathlib import Path

from agents import function_tool
from huggingface_hub import hf_hub_download
from langchain.tools import BaseTool
from openai import OpenAI

client = OpenAI()
ROOT = Path("/srv/notes").resolve()


@function_tool
def save(name: str, text: str) -> None:
    # ruleid: python-model-output-file
    with open(f"/srv/notes/{name}", "w") as file:
        file.write(text)


class ReadFile(BaseTool):
    name: str = "read_file"

    def _run(self, path: str) -> str:
        # ruleid: python-model-output-file
        return Path(path).read_text()


def tidy(prompt):
    for line in client.responses.create(model="m", input=prompt).output_text.splitlines():
        # ruleid: python-model-output-file
        os.remove(line.strip())


@function_tool
def save_below(name: str, text: str) -> None:
    target = (ROOT / name).resolve()
    if not target.is_relative_to(ROOT):
        raise PermissionError(name)
    # ok: python-model-output-file
    target.write_text(text)


@function_tool
def save_flat(name: str, text: str) -> None:
    # ok: python-model-output-file
    with open(os.path.join("/srv/notes", os.path.basename(name)), "w") as file:
        file.write(text)


FILES = {"today": "/srv/notes/today.md"}


@function_tool
def read_known(name: str) -> str:
    # ok: python-model-output-file
    return open(FILES[name]).read()


def log(prompt):
    text = client.responses.create(model="m", input=prompt).output_text
    # ok: python-model-output-file
    with open("/srv/notes/log.md", "a") as file:
        file.write(text)


def illustrate(prompt, folder):
    text = client.responses.create(model="m", input=prompt).output_text
    picture = painter.generate_image(prompt=text)
    # ok: python-model-output-file
    with open(picture, "rb") as file:
        return file.read()


@function_tool
def save_plain(name: str, text: str) -> None:
    plain = "".join(letter if letter.isalnum() or letter in {"-", "_"} else "_" for letter in name)
    # ok: python-model-output-file
    with open(os.path.join("/srv/notes", plain), "w") as file:
        file.write(text)


def by_title(prompt):
    title = client.responses.create(model="m", input=prompt).output_text
    # ok: python-model-output-file
    with open(f"/srv/notes/{title.replace('/', '_').lower()}.md") as file:
        first = file.read()
    # ok: python-model-output-file
    with open("/srv/notes/" + re.sub(r"[^a-zA-Z0-9_-]", "", title)) as file:
        second = file.read()
    # ruleid: python-model-output-file
    with open("/srv/notes/" + re.sub(r"[^a-zA-Z0-9_/-]", "", title)) as file:
        third = file.read()
    # ruleid: python-model-output-file
    with open("/srv/notes/" + title.replace(" ", "/")) as file:
        return first, second, third, file.read()


def by_check(prompt):
    first = client.responses.create(model="m", input=prompt).output_text
    if not is_path_inside(first, ROOT):
        return None
    # ok: python-model-output-file
    text = open(first).read()
    second = client.responses.create(model="m", input=prompt).output_text
    if NAME.fullmatch(second) is None:
        raise ValueError(second)
    # ok: python-model-output-file
    text += open(second).read()
    third = client.responses.create(model="m", input=prompt).output_text
    if not has_text(third, ROOT):
        return None
    # ruleid: python-model-output-file
    return text + open(third).read()


def by_call(prompt):
    name = client.responses.create(model="m", input=prompt).output_text
    ensure_path_inside(name, ROOT)
    # ok: python-model-output-file
    return open(name).read()


class Coder:
    def __init__(self, llm):
        self.llm = llm

    def save(self, prompt):
        for line in self.llm.inference(prompt, "project").splitlines():
            # ruleid: python-model-output-file
            open(line, "w").close()


@mcp.tool()
def picture(title: str) -> bytes:
    # ok: python-model-output-file
    with open("/srv/shots/" + _safe_picture_name(title)) as file:
        first = file.read()
    # ruleid: python-model-output-file
    with open("/srv/shots/" + short_picture_name(title)) as file:
        return first, file.read()


def keep(client, folder):
    url = client.responses.create(model="m", input="Which picture?").output_text
    # ok: python-model-output-file
    with open(f"{folder}/{url.split('/')[-1]}", "wb") as picture:
        picture.write(b"")
    last = [part.strip() for part in url.split("/") if part.strip()][-1]
    # ok: python-model-output-file
    with open(f"{folder}/{last}", "wb") as picture:
        picture.write(b"")
    first = url.split("/", 1)[-1]
    # ruleid: python-model-output-file
    with open(f"{folder}/{first}", "wb") as picture:
        picture.write(b"")


def name_of(client):
    title = client.responses.create(model="m", input="A title?").output_text
    for letter in '<>:"/|?*':
        title = title.replace(letter, "")
    # ok: python-model-output-file
    with open(f"notes/{title}.json", "w") as note:
        note.write("{}")


def models():
    listed = subprocess.run(["ollama", "list"], capture_output=True, text=True)
    # ok: python-model-output-file
    os.makedirs(listed.stdout)
    said = subprocess.run(["ollama", "run", "llama3", "A folder?"], capture_output=True, text=True)
    # ruleid: python-model-output-file
    os.makedirs(said.stdout)


@mcp.tool()
def template(path: str) -> str:
    target = (TEMPLATES / path.strip()).resolve()
    try:
        target.relative_to(TEMPLATES)
    except ValueError:
        return f"not a template: {path}"
    # ok: python-model-output-file
    return target.read_text()


@mcp.tool()
def stored(path: str) -> str:
    if not _is_within_allowed(path, ["results"]):
        return "denied"
    # ok: python-model-output-file
    with open(path) as file:
        return file.read()


@mcp.tool()
def known_graph(space: str) -> str:
    name = str(space)
    if not name or "/" in name or name in (".", ".."):
        raise ValueError(name)
    # ok: python-model-output-file
    with open(f"graphs/{name}.json") as file:
        return file.read()


@function_tool
def read_card(model: str) -> str:
    card = hf_hub_download(repo_id=model, filename="README.md")
    # ok: python-model-output-file
    with open(card) as file:
        return file.read()


@register_tool("read_page")
def read_page(context_variables, page: str) -> str:
    home = context_variables.get("home", "pages")
    # ok: python-model-output-file
    os.makedirs(os.path.join(home, "cache"), exist_ok=True)
    # ruleid: python-model-output-file
    with open(os.path.join(home, page)) as file:
        return file.read()


class Notes(BaseTool):
    def place(self, name):
        if not name or name != Path(name).name:
            return None
        return self.folder / name

    def execute(self, name: str) -> str:
        note = self.place(name)
        # ok: python-model-output-file
        return "" if note is None else note.read_text()


class Fenced(BaseTool):
    def execute(self, path: str, text: str) -> str:
        target = (self.root / path).resolve()
        if not self.open_everywhere and not _within(self.root, target):
            return "outside of the workspace"
        # ok: python-model-output-file
        target.write_text(text)
        return "written"

    def _run(self, path):
        # ok: python-model-output-file
        return open(path).read()


@function_tool
def pictures_of(document: str) -> list[str]:
    made = []
    # ruleid: python-model-output-file
    with open(document, "rb") as file:
        pages = file.read().split(b"\f")
    for number, page in enumerate(fitz.open(document)):
        target = os.path.join("pictures", f"{number}.{page.get_images()[0]['ext']}")
        # ok: python-model-output-file
        with open(target, "wb") as file:
            file.write(pages[number])
        made.append(target)
    answer = requests.get("https://example.org/names", params={"document": document}, timeout=9).json()
    # ok: python-model-output-file
    os.makedirs(answer["folder"])
    return made


@function_tool
def note_of(name: str) -> str:
    # ok: python-model-output-file
    return scratch_jail.resolve(name).read_text()


@function_tool
def page_of(name: str) -> str:
    path = get_paths().resolve_virtual_path("pages", name)
    # ok: python-model-output-file
    return open(path).read()


@function_tool
def entry_of(name: str) -> str:
    # ruleid: python-model-output-file
    return (ENTRIES / name).resolve().read_text()


class PageBrowser:
    folder = "pages"


@function_tool
def picture_of(env: PageBrowser, name: str) -> bytes:
    # ok: python-model-output-file
    open(os.path.join(env.folder, "seen.txt")).close()
    # ruleid: python-model-output-file
    return open(name, "rb").read()
