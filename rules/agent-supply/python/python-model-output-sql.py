import sqlite3

import pandas as pd
from langchain_community.utilities import SQLDatabase
from openai import OpenAI
from sqlalchemy import create_engine, text

client = OpenAI()
conn = sqlite3.connect("shop.db")
engine = create_engine("postgresql://shop")
db = SQLDatabase(engine)


def ask(question):
    completion = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    # ruleid: python-model-output-sql
    return conn.execute(completion.choices[0].message.content).fetchall()


def ask_in_steps(question, llm):
    generated_sql = llm.invoke(f"Write SQL for: {question}").content
    cursor = conn.cursor()
    # ruleid: python-model-output-sql
    cursor.execute(generated_sql)
    return cursor.fetchall()


def filtered(llm_filter):
    # ruleid: python-model-output-sql
    return conn.execute(f"SELECT * FROM orders WHERE {llm_filter}").fetchall()


def orm(session, ai_query):
    # ruleid: python-model-output-sql
    return session.execute(text(ai_query)).all()


def frame(model_output):
    # ruleid: python-model-output-sql
    return pd.read_sql(model_output, conn)


def by_hand(llm_where):
    # ruleid: python-model-output-sql
    return conn.execute("SELECT * FROM orders WHERE " + llm_where)


def tool(llm_query: str) -> str:
    # ruleid: python-model-output-sql
    return db.run(llm_query)


def dashboard(vn, question):
    # ruleid: python-model-output-sql
    return vn.run_sql(vn.generate_sql(question))


def store(answer, completion):
    # ok: python-model-output-sql
    conn.execute("INSERT INTO answers(text) VALUES (?)", (completion.choices[0].message.content,))
    # ok: python-model-output-sql
    conn.execute("SELECT * FROM llm_requests")
    # ok: python-model-output-sql
    conn.execute(f"SELECT * FROM llm_requests WHERE id = {int(answer)}")


def migrate(statement):
    # ok: python-model-output-sql
    conn.execute(statement)
    # ok: python-model-output-sql
    return conn.executemany("INSERT INTO t VALUES (?)", [(1,), (2,)])


def schedule(pool, job):
    # ok: python-model-output-sql
    return pool.run(job)


def complete(completion_date):
    # ok: python-model-output-sql
    return conn.execute("UPDATE tasks SET done = ?", (completion_date,))


def agents(executor, generated_plan):
    # ok: python-model-output-sql
    return executor.submit(generated_plan)
