import sqlite3


def find(cursor, name):
    # ruleid: python-sql-built-text
    cursor.execute("SELECT id FROM users WHERE name = '%s'" % name)


def remove(cursor, key):
    # ruleid: python-sql-built-text
    cursor.execute(f"DELETE FROM sessions WHERE id = '{key}'")


def rename(cursor, name, key):
    query = "UPDATE users SET name = '{}' WHERE id = {}".format(name, key)
    # ruleid: python-sql-built-text
    cursor.execute(query)


def safe(cursor, name):
    # ok: python-sql-built-text
    cursor.execute("SELECT id FROM users WHERE name = %s", (name,))


def many(cursor, keys):
    placeholders = ", ".join("?" for _ in keys)
    # ok: python-sql-built-text
    cursor.execute(f"SELECT id FROM users WHERE id IN ({placeholders})", keys)


def run(job, name):
    # ok: python-sql-built-text
    job.execute("select %s from the menu" % name)


def tables(cursor, view):
    # ok: python-sql-built-text
    cursor.execute("SELECT name FROM {} WHERE name IN ('a', 'b')".format(view))
