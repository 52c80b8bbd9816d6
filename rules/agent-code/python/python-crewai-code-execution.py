from crewai import Agent

# ruleid: python-crewai-code-execution
analyst = Agent(role="analyst", goal="find trends", backstory="...", allow_code_execution=True)
# ruleid: python-crewai-code-execution
analyst.allow_code_execution = True
# ok: python-crewai-code-execution
writer = Agent(role="writer", goal="write", backstory="...")
# ok: python-crewai-code-execution
writer.allow_code_execution = False
