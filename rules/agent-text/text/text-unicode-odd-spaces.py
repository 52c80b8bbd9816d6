import os

# ruleid: text-unicode-odd-spaces
NAME = "a b"

# ruleid: text-unicode-odd-spaces
X = "1 "

# ruleid: text-unicode-odd-spaces
LINE = "a b"

# ruleid: text-unicode-odd-spaces
ICON = ""

# ruleid: text-unicode-odd-spaces
LAST = "﷐"

# ok: text-unicode-odd-spaces
PLAIN = "a b"

# ok: text-unicode-odd-spaces
ESCAPED = "\u00a0"

# ok: text-unicode-odd-spaces
TAB = "a	b"

# ok: text-unicode-odd-spaces
EMOJI = "😀"

# ok: text-unicode-odd-spaces
CJK = "漢字"
