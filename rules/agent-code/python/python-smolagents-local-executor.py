from smolagents import CodeAgent, ToolCallingAgent

# ruleid: python-smolagents-local-executor
agent = CodeAgent(tools=[], model=model)
# ruleid: python-smolagents-local-executor
local = CodeAgent(tools=[], model=model, executor_type="local")
# ok: python-smolagents-local-executor
boxed = CodeAgent(tools=[], model=model, executor_type="docker")
# ok: python-smolagents-local-executor
caller = ToolCallingAgent(tools=[], model=model)
