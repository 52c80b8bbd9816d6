"""Questions to prepared reports over a Postgres warehouse."""
import json

import psycopg
from openai import AsyncOpenAI

REPORTS = {
    "revenue": "SELECT month, sum(total) FROM orders WHERE year = %s AND region = %s GROUP BY month",
    "returns": "SELECT month, count(*) FROM returns WHERE year = %s AND region = %s GROUP BY month",
}


class Warehouse:
    def __init__(self, dsn: str, client: AsyncOpenAI):
        self.dsn = dsn
        self.client = client

    async def choose(self, question: str) -> dict:
        response = await self.client.chat.completions.create(
            model="gpt-4o",
            messages=[{"role": "system", "content": "JSON: report (revenue, returns), year, region."}, {"role": "user", "content": question}],
        )
        return json.loads(response.choices[0].message.content)

    async def ask(self, question: str) -> list[tuple]:
        choice = await self.choose(question)
        async with await psycopg.AsyncConnection.connect(self.dsn) as connection:
            async with connection.cursor() as cursor:
                await cursor.execute(REPORTS[choice["report"]], (choice["year"], choice["region"]))
                return await cursor.fetchall()
