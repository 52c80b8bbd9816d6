"""Tools of a LangGraph agent over a shop's database."""
import sqlite3

from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from langgraph.prebuilt import create_react_agent

DATABASE = "shop.db"


@tool
def find_orders(customer: str, status: str = "open") -> list:
    """Orders of a customer."""
    connection = sqlite3.connect(DATABASE)
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT id, total FROM orders WHERE customer = ? AND status = ?", (customer, status))
        return cursor.fetchall()
    finally:
        connection.close()


agent = create_react_agent(ChatOpenAI(model="gpt-4o"), [find_orders])
