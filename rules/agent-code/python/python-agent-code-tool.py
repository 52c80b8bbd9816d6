from langchain.agents import AgentType, initialize_agent, load_tools
from langchain_experimental.agents.agent_toolkits import create_python_agent
from langchain_experimental.pal_chain import PALChain
from langchain_experimental.tools import PythonAstREPLTool, PythonREPLTool


def build(llm, frame):
    # ruleid: python-agent-code-tool
    tools = [PythonREPLTool()]
    # ruleid: python-agent-code-tool
    ast_tool = PythonAstREPLTool(locals={"df": frame})
    # ruleid: python-agent-code-tool
    agent = create_python_agent(llm=llm, tool=ast_tool, verbose=True)
    # ruleid: python-agent-code-tool
    chain = PALChain.from_math_prompt(llm, verbose=True)
    # ruleid: python-agent-code-tool
    more = load_tools(["serpapi", "python_repl"], llm=llm)
    return tools, agent, chain, more


def fine(llm):
    # ok: python-agent-code-tool
    tools = load_tools(["serpapi", "wikipedia"], llm=llm)
    # ok: python-agent-code-tool
    agent = initialize_agent(tools, llm, agent=AgentType.ZERO_SHOT_REACT_DESCRIPTION)
    # ok: python-agent-code-tool
    name = "PythonREPLTool()"
    # ok: python-agent-code-tool
    kind = isinstance(agent, PythonREPLTool)
    # ok: python-agent-code-tool
    names = ["python_repl", "terminal"]
    return name, kind, names
