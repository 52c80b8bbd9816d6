"""Streams a chart description, shows it while it arrives, then draws the chart."""
import json
import sys

import pandas as pd
from openai import OpenAI

client = OpenAI()
KINDS = ("line", "bar", "scatter")


def describe_chart(question, columns):
    stream = client.chat.completions.create(
        model="gpt-4o-mini",
        stream=True,
        messages=[{"role": "user", "content": f"Columns: {columns}. Answer with JSON: kind, x, y. {question}"}],
    )
    parts = []
    for chunk in stream:
        delta = chunk.choices[0].delta
        if delta.content:
            sys.stdout.write(delta.content)
            parts.append(delta.content)
    return "".join(parts)


def draw(question, csv):
    df = pd.read_csv(csv)
    chart = json.loads(describe_chart(question, list(df.columns)))
    if chart["kind"] not in KINDS or not {chart["x"], chart["y"]} <= set(df.columns):
        raise ValueError(f"cannot draw {chart}")
    df.plot(kind=chart["kind"], x=chart["x"], y=chart["y"])
