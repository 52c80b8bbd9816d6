"""Asks in the background and hands the answer to a callback."""
import threading
import os

import litellm


class Assistant:
    def ask_async(self, prompt, on_answer):
        def work():
            response = litellm.completion(model="gpt-4o", messages=[{"role": "user", "content": prompt}])
            on_answer(response["choices"][0]["message"]["content"])

        threading.Thread(target=work, daemon=True).start()


def apply_fix(answer):
    for line in answer.splitlines():
        # finding: python-model-output-shell
        os.system(line)


def watch(log):
    assistant = Assistant()
    for entry in log:
        if "ERROR" in entry:
            assistant.ask_async(f"Which commands fix this? {entry}", apply_fix)
