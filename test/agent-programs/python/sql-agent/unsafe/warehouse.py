"""Text to SQL over a Postgres warehouse."""
import psycopg
from openai import AsyncOpenAI

SCHEMA = open("schema.sql").read()


class Warehouse:
    def __init__(self, dsn: str, client: AsyncOpenAI):
        self.dsn = dsn
        self.client = client

    async def to_sql(self, question: str) -> str:
        response = await self.client.chat.completions.create(
            model="gpt-4o",
            messages=[{"role": "system", "content": f"Write SQL for this schema:\n{SCHEMA}"}, {"role": "user", "content": question}],
        )
        sql = response.choices[0].message.content
        return sql.replace("```sql", "").replace("```", "").strip()

    async def ask(self, question: str) -> list[tuple]:
        sql = await self.to_sql(question)
        async with await psycopg.AsyncConnection.connect(self.dsn) as connection:
            async with connection.cursor() as cursor:
                # finding: python-model-output-query
                await cursor.execute(sql)
                return await cursor.fetchall()
