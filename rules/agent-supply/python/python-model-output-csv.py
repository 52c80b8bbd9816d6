import csv

import openpyxl
from openai import OpenAI

client = OpenAI()


def ask(question):
    return client.responses.create(model="m", input=question).output_text


def save(path, questions):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        for question in questions:
            # ruleid: python-model-output-csv
            writer.writerow([question, ask(question)])
            # ok: python-model-output-csv
            writer.writerow([question, escape_cell(ask(question))])
            # ok: python-model-output-csv
            writer.writerow([question, float(ask(question))])


def sheet(path, question):
    book = openpyxl.Workbook()
    ws = book.active
    # ruleid: python-model-output-csv
    ws.append([ask(question)])
    book.save(path)
