import os

import torch
import torch as th
from torch import load as torch_load
from safetensors.torch import load_file


def resume(path, model, optimizer):
    # ruleid: python-torch-load-unsafe
    checkpoint = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(checkpoint["model"])
    # ruleid: python-torch-load-unsafe
    optimizer.load_state_dict(th.load(path + ".opt", weights_only=False))
    return checkpoint["epoch"]


def fetch(url):
    # ruleid: python-torch-load-unsafe
    return torch_load(
        url,
        weights_only=False,
    )


# ruleid: python-torch-load-unsafe
midas = torch.hub.load("intel-isl/MiDaS", "DPT_Large", trust_repo=True)

# ruleid: python-torch-load-unsafe
os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "1"


def safe(path, model):
    # ok: python-torch-load-unsafe
    state = torch.load(path, map_location="cpu", weights_only=True)
    # ok: python-torch-load-unsafe
    model.load_state_dict(load_file(path))
    # ok: python-torch-load-unsafe
    model.load_state_dict(torch.load(path))
    return state


def configured(path, weights_only=True):
    # ok: python-torch-load-unsafe
    return torch.load(path, weights_only=weights_only)


# ok: python-torch-load-unsafe
local = torch.hub.load("./midas", "DPT_Large", source="local")

# ok: python-torch-load-unsafe
np_weights = numpy.load("weights.npz", weights_only=False)

# ok: python-torch-load-unsafe
NOTE = "torch.load(path, weights_only=False) runs code"

import transformers.modeling_utils

# ruleid: python-torch-load-unsafe
transformers.modeling_utils.check_torch_load_is_safe = lambda: None
