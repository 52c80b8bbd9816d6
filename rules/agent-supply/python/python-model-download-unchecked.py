import urllib.request

import gdown

# ruleid: python-model-download-unchecked
urllib.request.urlretrieve("https://models.acme-cloud.com/detector.pt", "detector.pt")
# ruleid: python-model-download-unchecked
gdown.download(id="1AbCdEfGhIjKlMnOp", output="detector.pt")
# ok: python-model-download-unchecked
urllib.request.urlretrieve("https://docs.acme-cloud.com/index.html", "index.html")
# ok: python-model-download-unchecked
urllib.request.urlretrieve(address, "detector.pt")
