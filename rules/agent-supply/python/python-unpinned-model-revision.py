from huggingface_hub import snapshot_download
from transformers import AutoModel, AutoTokenizer

REVISION = "3f2c1e0d9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d"
# ruleid: python-unpinned-model-revision
model = AutoModel.from_pretrained("acme/summary-large")
# ruleid: python-unpinned-model-revision
folder = snapshot_download(repo_id="acme/summary-large")
# ok: python-unpinned-model-revision
model = AutoModel.from_pretrained("acme/summary-large", revision=REVISION)
# ok: python-unpinned-model-revision
tokenizer = AutoTokenizer.from_pretrained("./models/summary")
# ok: python-unpinned-model-revision
tokenizer = AutoTokenizer.from_pretrained(local_folder)
