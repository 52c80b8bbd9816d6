import os
from pathlib import Path

# ruleid: python-world-writable
os.chmod("run.sh", 0o777)
# ruleid: python-world-writable
Path("data").chmod(0o666)
# ok: python-world-writable
os.chmod("run.sh", 0o755)
# ok: python-world-writable
os.chmod("key.pem", 0o600)
