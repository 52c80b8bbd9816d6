import nbclient
import nbformat
from IPython import get_ipython
from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.responses.create(model="m", input=question).output_text


def run(question):
    # ruleid: python-notebook-run-generated
    get_ipython().system(ask(question))


def run_notebook(question):
    notebook = nbformat.reads(ask(question), as_version=4)
    # ruleid: python-notebook-run-generated
    nbclient.NotebookClient(notebook, timeout=60).execute()


def show(question):
    # ok: python-notebook-run-generated
    get_ipython().set_next_input(ask(question))


def listing():
    # ok: python-notebook-run-generated
    get_ipython().system("ls")
    # ok: python-notebook-run-generated
    nbclient.NotebookClient(nbformat.read("report.ipynb", as_version=4)).execute()
