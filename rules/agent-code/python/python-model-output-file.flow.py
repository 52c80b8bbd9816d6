from promptflow.core import tool


@tool
def read_input(path: str) -> str:
    # ok: python-model-output-file
    with open(path, encoding="utf8") as file:
        return file.read()
