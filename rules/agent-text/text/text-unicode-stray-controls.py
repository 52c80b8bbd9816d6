import sys

# ruleid: text-unicode-stray-controls
NAME = "report"

# ruleid: text-unicode-stray-controls
LEFT = "copied"

# ok: text-unicode-stray-controls
TITLE = "[2Jdone"

# ok: text-unicode-stray-controls
BELL = "\a"
