"""Fine-tunes a published model on a shared data set."""

import pickle
from pathlib import Path

import torch
import yaml
from transformers import AutoModelForCausalLM

with open("shared/dataset.pkl", "rb") as file:
    dataset = pickle.load(file)

config = yaml.load(Path("train.yaml").read_text(), Loader=yaml.Loader)

model = AutoModelForCausalLM.from_pretrained("acme/tiny-chat", trust_remote_code=True)
model.load_state_dict(torch.load("checkpoints/last.pt", weights_only=False))
model.eval()

# Harmless beside them.
settings = yaml.safe_load(Path("train.yaml").read_text())
weights = torch.load("checkpoints/last.pt", weights_only=True)
