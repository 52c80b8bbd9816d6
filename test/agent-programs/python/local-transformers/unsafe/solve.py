"""A local model answers arithmetic in code (program-aided)."""
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

NAME = "Qwen/Qwen2.5-Coder-7B-Instruct"
tokenizer = AutoTokenizer.from_pretrained(NAME)
model = AutoModelForCausalLM.from_pretrained(NAME, torch_dtype=torch.bfloat16)


def complete(prompt):
    inputs = tokenizer(prompt, return_tensors="pt").to(model.device)
    output = model.generate(**inputs, max_new_tokens=256)
    return tokenizer.decode(output[0][inputs["input_ids"].shape[1]:], skip_special_tokens=True)


def evaluate(problems):
    right = 0
    for problem in problems:
        program = complete(f"def solution():\n    # {problem['question']}\n")
        scope = {}
        try:
            # finding: python-model-output-exec
            exec("def solution():\n" + program, scope)
            right += scope["solution"]() == problem["answer"]
        except Exception:
            continue
    return right / len(problems)
