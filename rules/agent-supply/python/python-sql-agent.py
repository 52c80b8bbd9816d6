from langchain_community.agent_toolkits import create_sql_agent
from llama_index.core.query_engine import NLSQLTableQueryEngine

# ruleid: python-sql-agent
agent = create_sql_agent(llm, db=database)
# ruleid: python-sql-agent
engine = NLSQLTableQueryEngine(sql_database=database)
# ok: python-sql-agent
rows = database.run("select count(*) from orders")
# ok: python-sql-agent
index = create_agent(llm, tools=[])
