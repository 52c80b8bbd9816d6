import os

# ruleid: python-world-readable
os.chmod("tool.bin", 0o755)
# ruleid: python-world-readable
os.chmod("notes.txt", 0o644)
# ok: python-world-readable
os.chmod("key.pem", 0o600)
# ok: python-world-readable
os.chmod("run.sh", 0o700)
