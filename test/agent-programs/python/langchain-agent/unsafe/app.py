"""A support page: an agent's answer as HTML."""
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
    # finding: python-model-output-html
    return render_template("answer.html", answer=Markup(result["output"]))
