import numexpr
import numexpr as ne
import pandas as pd
import sympy
from langchain.chains.base import Chain
from sympy.parsing.sympy_parser import parse_expr


class MathChain(Chain):
    def evaluate(self, expression):
        return str(
            # ruleid: python-expression-engine-model-text
            numexpr.evaluate(
                expression.strip(),
                global_dict={},
                local_dict={"pi": 3.14159},
            )
        )

    def symbolic(self, expression):
        # ruleid: python-expression-engine-model-text
        return str(sympy.sympify(expression, evaluate=True))

    def short(self, text):
        # ruleid: python-expression-engine-model-text
        return ne.evaluate(text)

    def parse(self, text):
        # ruleid: python-expression-engine-model-text
        return parse_expr(text)


def select(df, llm_filter, reply):
    # ruleid: python-expression-engine-model-text
    rows = df.query(llm_filter)
    # ruleid: python-expression-engine-model-text
    return rows, pd.eval(reply)


def fine(df, model, page, column):
    # ok: python-expression-engine-model-text
    df.query("price > 10")
    # ok: python-expression-engine-model-text
    ne.evaluate("a * b")
    # ok: python-expression-engine-model-text
    sympy.sympify("x + 1")
    # ok: python-expression-engine-model-text
    model.eval()
    # ok: python-expression-engine-model-text
    page.query(column)
    FORMULA = "a + b"
    # ok: python-expression-engine-model-text
    return numexpr.evaluate(FORMULA)
