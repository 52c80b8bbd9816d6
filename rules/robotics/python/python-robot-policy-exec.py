import ast

import numpy as np
import openai


class LMP:
    def __init__(self, prompt, variable_vars):
        self.prompt = prompt
        self.variable_vars = variable_vars

    def __call__(self, query):
        code_str = openai.Completion.create(prompt=self.prompt + query)["choices"][0]["text"]
        gvars = {"np": np, **self.variable_vars}
        lvars = {}
        # ruleid: python-robot-policy-exec
        exec(code_str, gvars, lvars)
        return lvars


def exec_safe(policy_code, gvars=None, lvars=None):
    empty = lambda *args, **kwargs: None
    # ruleid: python-robot-policy-exec
    exec(policy_code, {**(gvars or {}), "exec": empty, "eval": empty}, lvars)


def make(env):
    return LMP("# put_first_on_second, get_obj_pos", {"goto_pos": env.goto_pos})


def table(reply):
    # ok: python-robot-policy-exec
    return ast.literal_eval(reply)


def version(path):
    with open(path) as file:
        # ok: python-robot-policy-exec
        exec(file.read())


# ok: python-robot-policy-exec
exec("answer = 42")
