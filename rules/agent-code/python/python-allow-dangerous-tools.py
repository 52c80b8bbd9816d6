from langchain.agents import load_tools
from langchain_community.agent_toolkits.openapi.toolkit import RequestsToolkit
from langchain_community.tools.requests.tool import RequestsGetTool


def build(llm, wrapper):
    # ruleid: python-allow-dangerous-tools
    tools = load_tools(["requests_all"], allow_dangerous_tools=True)
    # ruleid: python-allow-dangerous-tools
    toolkit = RequestsToolkit(requests_wrapper=wrapper, allow_dangerous_requests=True)
    # ruleid: python-allow-dangerous-tools
    get = RequestsGetTool(requests_wrapper=wrapper, allow_dangerous_requests=True)
    # ruleid: python-allow-dangerous-tools
    options = {"allow_dangerous_requests": True}
    return tools, toolkit, get, options


def fine(wrapper, llm):
    # ok: python-allow-dangerous-tools
    get = RequestsGetTool(requests_wrapper=wrapper, allow_dangerous_requests=False)
    # ok: python-allow-dangerous-tools
    tools = load_tools(["wikipedia"], llm=llm)
    # ok: python-allow-dangerous-tools
    text = "allow_dangerous_requests=True"
    # allow_dangerous_tools=True
    # ok: python-allow-dangerous-tools
    options = {"allow_dangerous_requests": False}
    # ok: python-allow-dangerous-tools
    session = make_session(allow_redirects=True)
    # python-agent-shell-tool reports this one
    # ok: python-allow-dangerous-tools
    shell = load_tools(["terminal"], allow_dangerous_tools=True)
    return get, tools, text, options, session, shell
