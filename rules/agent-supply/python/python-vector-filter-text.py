from flask import request
from semantic_kernel.connectors.in_memory import InMemoryCollection

collection = InMemoryCollection(record_type=Hotel)


async def find(vector):
    city = request.args["city"]
    # ruleid: python-vector-filter-text
    return await collection.search(vector=vector, filter=f"lambda hotel: hotel.city == '{city}'")


async def find_any(vector):
    # ruleid: python-vector-filter-text
    return await collection.search(vector=vector, filter=request.json["filter"])


async def find_safely(vector):
    city = request.args["city"]
    # ok: python-vector-filter-text
    return await collection.search(vector=vector, filter=lambda hotel: hotel.city == city)


async def find_fixed(vector):
    # ok: python-vector-filter-text
    return await collection.search(vector=vector, filter="lambda hotel: hotel.open")
