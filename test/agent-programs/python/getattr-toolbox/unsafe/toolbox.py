"""What the agent can do: one method for each tool."""
import sqlite3


class Toolbox:
    def __init__(self, path: str):
        self.connection = sqlite3.connect(path)

    def tool_query(self, sql: str, limit: int = 20):
        cursor = self.connection.cursor()
        # finding: python-model-output-query
        cursor.execute(sql)
        return cursor.fetchmany(limit)

    def tool_tables(self):
        return self.connection.execute("SELECT name FROM sqlite_master").fetchall()
