def by_name(table, name):
    # ruleid: python-sql-text-assembled
    query = f"SELECT * FROM {table} WHERE name = '{name}'"
    return query


def remove(connection, key):
    # ruleid: python-sql-text-assembled
    statement = "DELETE FROM notes WHERE id = %s" % key
    # ruleid: python-sql-text-assembled
    log = "insert into log values ({})".format(key)
    connection.run(statement)
    connection.run(log)


def fine(cursor, name):
    # ok: python-sql-text-assembled
    cursor.execute("SELECT * FROM users WHERE name = %s", (name,))
    # ok: python-sql-text-assembled
    print(f"Select one of the names, {name}")
    # ok: python-sql-text-assembled
    return "Update of " + name
