import urllib.request

import requests
import torch

# ruleid: python-model-download-cleartext
urllib.request.urlretrieve("http://models.acme-cloud.com/detector.pt", "detector.pt")
# ruleid: python-model-download-cleartext
weights = requests.get("http://models.acme-cloud.com/v2/encoder.onnx", timeout=60).content
# ok: python-model-download-cleartext
urllib.request.urlretrieve("https://models.acme-cloud.com/detector.pt", "detector.pt")
# ok: python-model-download-cleartext
page = requests.get("http://docs.acme-cloud.com/index.html", timeout=10)
# ok: python-model-download-cleartext
state = torch.hub.load_state_dict_from_url("http://localhost:8000/detector.pth")
