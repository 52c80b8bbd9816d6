import torch

# ruleid: python-torch-load-default
state = torch.load("model.pt")
# ruleid: python-torch-load-default
model.load_state_dict(torch.load(path, map_location="cpu"))
# ok: python-torch-load-default
state = torch.load(path, weights_only=True)
# ok: python-torch-load-default
data = json.load(file)
