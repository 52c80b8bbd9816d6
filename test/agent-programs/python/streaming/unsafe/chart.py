"""Streams plotting code, shows it while it arrives, then draws the chart."""
import sys

import pandas as pd
from openai import OpenAI

client = OpenAI()


def write_code(question, columns):
    stream = client.chat.completions.create(
        model="gpt-4o-mini",
        stream=True,
        messages=[{"role": "user", "content": f"Columns: {columns}. Write matplotlib code for df. {question}"}],
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
    code = write_code(question, list(df.columns))
    code = code.strip().removeprefix("```python").removesuffix("```")
    # finding: python-model-output-exec
    exec(code, {"df": df})
