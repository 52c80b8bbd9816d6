from flask import request
from langchain_core.prompts import ChatPromptTemplate, PromptTemplate


def build():
    # ruleid: python-untrusted-prompt-template
    return PromptTemplate.from_template(request.json["template"])


def fill(context):
    template = request.form["greeting"]
    # ruleid: python-untrusted-prompt-template
    return template.format(**context)


def safely():
    # ok: python-untrusted-prompt-template
    return PromptTemplate.from_template("Summarise: {text}").format(text=request.json["text"])


GREETINGS = {"de": "Guten Tag {name}", "en": "Good day {name}"}


def greet(context):
    # ok: python-untrusted-prompt-template
    return GREETINGS[request.args["language"]].format(**context)
