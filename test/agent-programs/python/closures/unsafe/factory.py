"""Functions with a model inside."""
from mistralai import Mistral


def make_formula_solver(api_key, model="mistral-large-latest"):
    client = Mistral(api_key=api_key)

    def ask(prompt):
        response = client.chat.complete(model=model, messages=[{"role": "user", "content": prompt}])
        return response.choices[0].message.content

    def solve(problem, **values):
        formula = ask(f"Give a Python expression for: {problem}")
        # finding: python-model-output-exec
        return eval(formula, {}, values)

    return solve


solver = make_formula_solver("key")
print(solver("area of a circle", r=3))
