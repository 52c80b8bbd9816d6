import ast
import configparser
import csv
import json
import os


def sizes(path):
    found = []
    with open(path) as stream:
        for row in csv.DictReader(stream):
            # ruleid: python-eval-of-data
            found.append(eval(row["sizes"]))
            # ok: python-eval-of-data
            found.append(ast.literal_eval(row["sizes"]))
    return found


def settings(path):
    config = configparser.ConfigParser()
    config.read(path)
    # ruleid: python-eval-of-data
    return eval(config.get("main", "hosts"))


def limit():
    # ruleid: python-eval-of-data
    return eval(os.environ.get("LIMIT", "10"))


def numbers(path):
    with open(path) as stream:
        data = json.load(stream)
    # ok: python-eval-of-data
    return eval(str(int(data["count"])) + " * 2")


def table(cursor):
    cursor.execute("select shape from boxes")
    # ruleid: python-eval-of-data
    return [eval(shape) for (shape,) in cursor.fetchall()]


def own(name):
    # Nothing says where it comes from.
    # ok: python-eval-of-data
    return eval(name)


def start(context):
    startup = os.environ.get("STARTUP")
    with open(startup) as stream:
        # The file that a person named for it.
        # ok: python-eval-of-data
        eval(compile(stream.read(), startup, "exec"), context)


def ask():
    word = input()
    if word in ["True", "False"]:
        # ok: python-eval-of-data
        return eval(word)
