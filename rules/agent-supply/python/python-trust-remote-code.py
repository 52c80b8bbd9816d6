import os

import torch
from langchain_huggingface import HuggingFaceEmbeddings
from sentence_transformers import SentenceTransformer
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, Qwen2VLForConditionalGeneration, Qwen2VLImageProcessor, Qwen2VLProcessor, pipeline
from datasets import load_dataset

MODEL = "acme/moe-7b"


def load():
    # ruleid: python-trust-remote-code
    tokenizer = AutoTokenizer.from_pretrained(MODEL, trust_remote_code=True)
    # ruleid: python-trust-remote-code
    model = AutoModelForCausalLM.from_pretrained(
        MODEL,
        torch_dtype=torch.bfloat16,
        device_map="auto",
        trust_remote_code=True,
    )
    return tokenizer, model


# ruleid: python-trust-remote-code
generate = pipeline("text-generation", model=MODEL, trust_remote_code=True)

# ruleid: python-trust-remote-code
rows = load_dataset("acme/prices", split="train", trust_remote_code=True)

# ruleid: python-trust-remote-code
embeddings = HuggingFaceEmbeddings(model_name=MODEL, model_kwargs={"device": "cpu", "trust_remote_code": True})

# ruleid: python-trust-remote-code
os.environ["HF_DATASETS_TRUST_REMOTE_CODE"] = "1"


# ok: python-trust-remote-code
config = AutoConfig.from_pretrained(MODEL, trust_remote_code=False)

# ok: python-trust-remote-code
encoder = SentenceTransformer("all-MiniLM-L6-v2")

# ok: python-trust-remote-code
pinned = AutoConfig.from_pretrained(MODEL, revision="3f2c1e0d9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d")


def load_with(name, trust_remote_code=False):
    # ok: python-trust-remote-code
    return AutoTokenizer.from_pretrained(name, trust_remote_code=trust_remote_code)


# ok: python-trust-remote-code
HELP = "pass trust_remote_code=True only for repositories that you own"

# ok: python-trust-remote-code
os.environ["HF_DATASETS_TRUST_REMOTE_CODE"] = "0"

# ok: python-trust-remote-code
print({"trust_remote_code": False})

# The class of one architecture ignores the switch.
# ok: python-trust-remote-code
named = Qwen2VLForConditionalGeneration.from_pretrained(MODEL, trust_remote_code=True)
# ok: python-trust-remote-code
images = Qwen2VLImageProcessor.from_pretrained(MODEL, trust_remote_code=True)
# What is made of several parts looks each of them up.
# ruleid: python-trust-remote-code
parts = Qwen2VLProcessor.from_pretrained(MODEL, trust_remote_code=True)
# What lies beside this file is the program's own.
# ok: python-trust-remote-code
own = AutoTokenizer.from_pretrained(os.path.join(os.path.dirname(__file__), "tokenizer"), trust_remote_code=True)
