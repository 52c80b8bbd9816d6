"""Functions with a model inside."""
import ast

from mistralai import Mistral


def make_number_reader(api_key, model="mistral-large-latest"):
    client = Mistral(api_key=api_key)

    def ask(prompt):
        response = client.chat.complete(model=model, messages=[{"role": "user", "content": prompt}])
        return response.choices[0].message.content

    def read(problem):
        return ast.literal_eval(ask(f"Answer with a Python list of numbers: {problem}"))

    return read


reader = make_number_reader("key")
print(reader("the first ten primes"))
