"""A graph of steps that hand a state to each other: plan, write, check."""
import ast
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
    tree = ast.parse(state["code"])
    names = sorted(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {"result": f"{len(names)} functions"}


graph = StateGraph(State)
graph.add_node("write", write)
graph.add_node("run", run)
graph.set_entry_point("write")
graph.add_edge("write", "run")
graph.add_edge("run", END)
app = graph.compile()
