import sqlite3

import sqlalchemy
from flask import Flask, request

app = Flask(__name__)


@app.route("/user")
def user():
    connection = sqlite3.connect("users.db")
    cursor = connection.cursor()
    name = request.args.get("name")
    # ruleid: python-web-input-sql
    cursor.execute(f"SELECT * FROM users WHERE name = '{name}'")
    # ok: python-web-input-sql
    cursor.execute("SELECT * FROM users WHERE name = ?", (name,))
    # ok: python-web-input-sql
    cursor.execute("SELECT * FROM users WHERE id = %d" % int(request.args["id"]))
    return str(cursor.fetchall())


@app.route("/sorted/<column>")
def in_order(column):
    # ruleid: python-web-input-sql
    query = sqlalchemy.text("SELECT * FROM users ORDER BY " + column)
    if column not in ("name", "age"):
        return "no such column", 400
    # ok: python-web-input-sql
    return sqlalchemy.text("SELECT * FROM users ORDER BY " + column)


@app.route("/columns/<name>")
async def columns(name):
    rows = await connection.fetch("SELECT data FROM kept WHERE name = $1", name)
    # ok: python-web-input-sql
    cursor.execute(f"SELECT {', '.join(rows[0].keys())} FROM kept")
    # ruleid: python-web-input-sql
    cursor.execute(f"SELECT {name} FROM kept")
