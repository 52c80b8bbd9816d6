"""A local model answers arithmetic with a number."""
import re

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
        answer = re.search(r"-?\d+", complete(f"{problem['question']} Answer with a number:"))
        right += answer is not None and int(answer.group()) == problem["answer"]
    return right / len(problems)
