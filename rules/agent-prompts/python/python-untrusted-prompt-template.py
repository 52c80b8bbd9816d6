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


def skilled():
    skill = skill_registry.get_skill(request.args["skill"])
    # ok: python-untrusted-prompt-template
    known = PromptTemplate(template=skill.prompt, input_variables=[])
    # ruleid: python-untrusted-prompt-template
    return known, PromptTemplate(template=request.args["skill"], input_variables=[])
