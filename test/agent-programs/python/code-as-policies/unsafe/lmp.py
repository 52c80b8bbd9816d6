"""Language model programs for a table-top robot: a policy is code, and the functions that it lacks are written on demand."""
import ast

import openai


class LMP:
    def __init__(self, name, cfg, lmp_fgen, fixed_vars, variable_vars):
        self._name = name
        self._cfg = cfg
        self._base_prompt = cfg["prompt_text"]
        self._stop_tokens = list(cfg["stop"])
        self._lmp_fgen = lmp_fgen
        self._fixed_vars = fixed_vars
        self._variable_vars = variable_vars
        self.exec_hist = ""

    def build_prompt(self, query, context=""):
        return f"{self._base_prompt}\n{context}\n# {query}"

    def __call__(self, query, context=""):
        prompt = self.build_prompt(query, context)
        code_str = openai.Completion.create(
            prompt=prompt, stop=self._stop_tokens, temperature=0, engine=self._cfg["engine"], max_tokens=512
        )["choices"][0]["text"].strip()
        to_exec = f"{context}\n{code_str}" if context else code_str
        new_fs = self._lmp_fgen.create_new_fs_from_code(code_str)
        self._variable_vars.update(new_fs)
        gvars = {**self._fixed_vars, **self._variable_vars}
        exec_safe(to_exec, gvars, {})
        self.exec_hist += f"\n{to_exec}"


class LMPFGen:
    def __init__(self, cfg, fixed_vars):
        self._cfg = cfg
        self._fixed_vars = fixed_vars

    def create_f_from_sig(self, f_name, f_sig):
        prompt = f"{self._cfg['prompt_text']}\n# define function: {f_sig}"
        f_src = openai.Completion.create(prompt=prompt, engine=self._cfg["engine"], max_tokens=512)["choices"][0]["text"].strip()
        lvars = {}
        exec_safe(f_src, self._fixed_vars, lvars)
        return lvars[f_name], f_src

    def create_new_fs_from_code(self, code_str):
        calls = {node.func.id: ast.unparse(node) for node in ast.walk(ast.parse(code_str)) if isinstance(node, ast.Call)}
        new_fs = {}
        for f_name, f_sig in calls.items():
            if f_name in self._fixed_vars or f_name in new_fs:
                continue
            f, f_src = self.create_f_from_sig(f_name, f_sig)
            child_fs = self.create_new_fs_from_code(f_src)
            new_fs.update(child_fs)
            new_fs[f_name] = f
        return new_fs


def exec_safe(code_str, gvars=None, lvars=None):
    for phrase in ("import", "__"):
        assert phrase not in code_str
    # finding: python-model-output-exec
    exec(code_str, gvars or {}, lvars)
