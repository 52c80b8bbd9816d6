from crewai import Agent
from crewai_tools import CodeInterpreterTool, SerperDevTool

# ruleid: python-delegation-with-code
lead = Agent(role="lead", allow_delegation=True, tools=[CodeInterpreterTool()])
# ruleid: python-delegation-with-code
chief = Agent(role="chief", allow_delegation=True, allow_code_execution=True)
# ok: python-delegation-with-code
reader = Agent(role="reader", allow_delegation=True, tools=[SerperDevTool()])
# ok: python-delegation-with-code
coder = Agent(role="coder", allow_delegation=False, tools=[CodeInterpreterTool()])
