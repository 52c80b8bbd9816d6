from crewai import Agent
from crewai_tools import CodeInterpreterTool


def build(goal, story):
    # ruleid: python-crewai-unsafe-code
    agent = Agent(role="analyst", goal=goal, backstory=story, allow_code_execution=True, code_execution_mode="unsafe")
    # ruleid: python-crewai-unsafe-code
    tool = CodeInterpreterTool(unsafe_mode=True)
    # ruleid: python-crewai-unsafe-code
    config = {"role": "analyst", "code_execution_mode": "unsafe"}
    # ruleid: python-crewai-unsafe-code
    agent.code_execution_mode = "unsafe"
    return agent, tool, config


def fine(goal, story, mode):
    # ok: python-crewai-unsafe-code
    agent = Agent(role="analyst", goal=goal, backstory=story, code_execution_mode="safe")
    # ok: python-crewai-unsafe-code
    tool = CodeInterpreterTool()
    # ok: python-crewai-unsafe-code
    quiet = CodeInterpreterTool(unsafe_mode=False)
    # ok: python-crewai-unsafe-code
    text = "code_execution_mode='unsafe'"
    # unsafe_mode=True
    # ok: python-crewai-unsafe-code
    other = Agent(role="analyst", goal=goal, backstory=story, code_execution_mode=mode)
    return agent, tool, quiet, text, other
