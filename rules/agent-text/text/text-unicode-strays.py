import sys

# ruleid: text-unicode-strays
NAME = "report"

# ruleid: text-unicode-strays
LEFT = "copied"

# ok: text-unicode-strays
TITLE = "[2Jdone"

# ok: text-unicode-strays
BELL = "\a"

# ruleid: text-unicode-strays
TYPE = "旧的️组织"
