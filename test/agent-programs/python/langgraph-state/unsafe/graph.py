"""A graph of steps that hand a state to each other: plan, write, run."""
import contextlib
import io
from typing import TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, StateGraph


class State(TypedDict):
    task: str
    code: str
    result: str


llm = ChatOpenAI(model="gpt-4o")


def write(state: State) -> dict:
    answer = llm.invoke(f"Python only, no prose. Task: {state['task']}")
    return {"code": answer.content.strip().removeprefix("```python").removesuffix("```")}


def run(state: State) -> dict:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        # finding: python-model-output-exec
        exec(state["code"], {"task": state["task"]})
    return {"result": printed.getvalue()}


graph = StateGraph(State)
graph.add_node("write", write)
graph.add_node("run", run)
graph.set_entry_point("write")
graph.add_edge("write", "run")
graph.add_edge("run", END)
app = graph.compile()
