from langchain.agents import load_tools
from langchain.chains import LLMChain, LLMMathChain
from langchain_experimental.llm_symbolic_math.base import LLMSymbolicMathChain


def build(llm, db, embeddings):
    # ruleid: python-llm-math-chain
    math = LLMMathChain.from_llm(llm, verbose=True)
    # ruleid: python-llm-math-chain
    old = LLMMathChain(llm=llm)
    # ruleid: python-llm-math-chain
    symbolic = LLMSymbolicMathChain.from_llm(llm)
    # ruleid: python-llm-math-chain
    tools = load_tools(["serpapi", "llm-math"], llm=llm)
    return math, old, symbolic, tools


class LLMMathChainTests:
    # ok: python-llm-math-chain
    name = "LLMMathChain.from_llm(llm)"

    def fine(self, llm, prompt):
        # ok: python-llm-math-chain
        chain = LLMChain(llm=llm, prompt=prompt)
        # ok: python-llm-math-chain
        tools = load_tools(["wikipedia"], llm=llm)
        # ok: python-llm-math-chain
        kind = isinstance(chain, LLMMathChain)
        # LLMMathChain(llm=llm) evaluates what the model says
        # ok: python-llm-math-chain
        math = MathChain.from_llm(llm)
        return chain, tools, kind, math
