from llama_index.core.agent.workflow import CodeActAgent
from llama_index.core.query_engine import JSONalyzeQueryEngine
from llama_index.experimental.exec_utils import safe_exec

# ruleid: python-llamaindex-local-code
engine = JSONalyzeQueryEngine(rows)
# ruleid: python-llamaindex-local-code
safe_exec(code, {}, {})
# ruleid: python-llamaindex-local-code
agent = CodeActAgent(code_execute_fn=simple_executor.execute, llm=llm)
# ok: python-llamaindex-local-code
agent = CodeActAgent(code_execute_fn=sandbox.run, llm=llm)
# ok: python-llamaindex-local-code
engine = index.as_query_engine()
