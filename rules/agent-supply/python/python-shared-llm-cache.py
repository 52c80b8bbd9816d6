import langchain
from langchain.globals import set_llm_cache
from langchain_community.cache import InMemoryCache, SQLiteCache

# ruleid: python-shared-llm-cache
set_llm_cache(InMemoryCache())
# ruleid: python-shared-llm-cache
langchain.llm_cache = SQLiteCache(database_path="answers.db")
# ok: python-shared-llm-cache
llm = ChatOpenAI(model="m", cache=InMemoryCache())
# ok: python-shared-llm-cache
pages = InMemoryCache()
