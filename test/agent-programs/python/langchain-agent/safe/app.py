"""A support page: an agent's answer as HTML."""
import markdown
import nh3
from flask import Flask, request
from langchain.agents import AgentExecutor, create_openai_tools_agent
from langchain_openai import ChatOpenAI
from markupsafe import Markup

from flask import render_template
from support_tools import PROMPT, TOOLS

app = Flask(__name__)
executor = AgentExecutor(agent=create_openai_tools_agent(ChatOpenAI(), TOOLS, PROMPT), tools=TOOLS)


@app.post("/ask")
def ask():
    result = executor.invoke({"input": request.form["question"]})
    return render_template("answer.html", answer=Markup(nh3.clean(markdown.markdown(result["output"]))))
