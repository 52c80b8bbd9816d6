import requests
from mem0 import Memory

memory = Memory()


def read(url, user):
    page = requests.get(url, timeout=10).text
    # ruleid: python-memory-from-foreign-text
    memory.add(page, user_id=user)


async def call(session, agent_memory):
    result = await session.call_tool("search", {})
    # ruleid: python-memory-from-foreign-text
    agent_memory.save_context({"input": "search"}, {"output": str(result.content)})


def remember(fact, user):
    # ok: python-memory-from-foreign-text
    memory.add(fact, user_id=user)


def count(url, totals):
    # ok: python-memory-from-foreign-text
    totals.add(requests.get(url, timeout=10).text)
