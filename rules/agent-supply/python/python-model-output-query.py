import sqlite3

import pandas
from anthropic import Anthropic
from langchain_openai import ChatOpenAI
from langchain_core.prompts import ChatPromptTemplate
from mcp.server.fastmcp import FastMCP
from openai import OpenAI

client = OpenAI()
mcp = FastMCP("shop")
connection = sqlite3.connect("shop.db")


def to_sql(question):
    reply = client.chat.completions.create(model="m", messages=[{"role": "user", "content": question}])
    return reply.choices[0].message.content.strip("`")


def answer(question):
    statement = to_sql(question)
    # ruleid: python-model-output-query
    return connection.execute(statement).fetchall()


def table(question, engine):
    chain = ChatPromptTemplate.from_template("{question}") | ChatOpenAI()
    # ruleid: python-model-output-query
    return pandas.read_sql(chain.invoke({"question": question}).content, engine)


@mcp.tool()
def orders(customer: str, limit: int = 10) -> list:
    cursor = connection.cursor()
    # ruleid: python-model-output-query
    cursor.execute(f"SELECT * FROM orders WHERE customer = '{customer}'")
    # ok: python-model-output-query
    cursor.execute("SELECT * FROM orders WHERE customer = ?", (customer,))
    # ok: python-model-output-query
    cursor.execute(f"SELECT * FROM orders LIMIT {int(limit)}")
    return cursor.fetchall()


SORTS = {"name": "ORDER BY name", "price": "ORDER BY price"}


@mcp.tool()
def sorted_orders(by: str) -> list:
    # ok: python-model-output-query
    return connection.execute("SELECT * FROM orders " + SORTS[by]).fetchall()


def remember(question):
    reply = Anthropic().messages.create(model="m", max_tokens=100, messages=[])
    # ok: python-model-output-query
    connection.execute("INSERT INTO answers VALUES (?, ?)", (question, reply.content[0].text))


@mcp.tool
async def search_terms(project: str, terms: list[str]) -> list:
    clauses = []
    values = {}
    for number, term in enumerate(terms):
        values[f"t{number}"] = f"%{term}%"
        clauses.append(f"subject LIKE :t{number}")
    # ok: python-model-output-query
    await session.execute(sqlalchemy.text(f"SELECT id FROM messages WHERE {' AND '.join(clauses)}"), values)
    # ok: python-model-output-query
    return await session.execute(select(Agent).where(Agent.project == project))


@mcp.tool
def filtered(column: str, value: str) -> list:
    name = self._validate_identifier(column)
    # ok: python-model-output-query
    cursor.execute(f"SELECT * FROM orders WHERE {name} = ?", (value,))
    # ruleid: python-model-output-query
    cursor.execute(f"SELECT * FROM orders WHERE {column} = ?", (value,))


@mcp.tool()
def tables(database_path: str) -> list:
    """Tables of a database."""
    connection = sqlite3.connect(database_path)
    names = connection.execute("select name from sqlite_master").fetchall()
    # ok: python-model-output-query
    return [connection.execute(f"select count(*) from {name}") for name in names]


@mcp.tool()
async def run_in_sandbox(code: str) -> str:
    session = await runtime.create_session("bash")
    # ok: python-model-output-query
    return await session.execute(code)
