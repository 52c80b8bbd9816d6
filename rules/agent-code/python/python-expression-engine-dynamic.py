import numexpr
import pandas as pd
import sympy
from sympy import sympify
from sympy.parsing.sympy_parser import parse_expr, standard_transformations


def calculate(formula, frame):
    # ruleid: python-expression-engine-dynamic
    value = numexpr.evaluate(formula)
    # ruleid: python-expression-engine-dynamic
    symbolic = sympify(formula)
    # ruleid: python-expression-engine-dynamic
    parsed = parse_expr(formula, transformations=standard_transformations)
    # ruleid: python-expression-engine-dynamic
    total = pd.eval(f"frame.a + {formula}")
    return value, symbolic, parsed, total


def fine(frame, x):
    # ok: python-expression-engine-dynamic
    numexpr.evaluate("2 * a + 3 * b")
    # ok: python-expression-engine-dynamic
    sympify("x**2")
    # ok: python-expression-engine-dynamic
    frame.eval("c = a + b")
    # ok: python-expression-engine-dynamic
    sympy.simplify(x)
    # ok: python-expression-engine-dynamic
    pd.to_numeric(x)
    # numexpr.evaluate(formula) would run it
    EXPRESSION = "a + 1"
    # ok: python-expression-engine-dynamic
    return pd.eval(EXPRESSION)
