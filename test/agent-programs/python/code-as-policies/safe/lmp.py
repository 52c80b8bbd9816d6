"""Language model programs for a table-top robot, as lists of known skills."""
import json

import openai

from robot_skills import pick, place, push


SKILLS = {"pick": pick, "place": place, "push": push}


class LMP:
    def __init__(self, name, cfg):
        self._name = name
        self._cfg = cfg
        self._base_prompt = cfg["prompt_text"]
        self._stop_tokens = list(cfg["stop"])
        self.history = []

    def build_prompt(self, query, context=""):
        return f"{self._base_prompt}\n{context}\n# {query}"

    def __call__(self, query, context=""):
        prompt = self.build_prompt(query, context)
        plan_str = openai.Completion.create(
            prompt=prompt, stop=self._stop_tokens, temperature=0, engine=self._cfg["engine"], max_tokens=512
        )["choices"][0]["text"].strip()
        for step in json.loads(plan_str):
            self.run_step(step)

    def run_step(self, step):
        skill = SKILLS.get(step["skill"])
        if skill is None:
            raise LookupError(f"no skill {step['skill']}")
        skill(str(step["object"]))
        self.history.append(step["skill"])
