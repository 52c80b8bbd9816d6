from agents import Runner
from google.adk.agents.run_config import RunConfig
from langchain.agents import AgentExecutor

# ruleid: python-agent-loop-unbounded
executor = AgentExecutor(agent=agent, tools=tools, max_iterations=None)
# ruleid: python-agent-loop-unbounded
result = Runner.run_sync(agent, task, max_turns=1000)
# ruleid: python-agent-loop-unbounded
graph.invoke(state, {"recursion_limit": 5000})
# ruleid: python-agent-loop-unbounded
config = RunConfig(max_llm_calls=0)
# ok: python-agent-loop-unbounded
executor = AgentExecutor(agent=agent, tools=tools, max_iterations=15)
# ok: python-agent-loop-unbounded
graph.invoke(state, {"recursion_limit": 50})
# ok: python-agent-loop-unbounded
solver = LogisticRegression(max_iterations=10000)
# ok: python-agent-loop-unbounded
config = RunConfig(max_llm_calls=40)
# ok: python-agent-loop-unbounded
graph.invoke(state, {"recursion_limit": 200})
