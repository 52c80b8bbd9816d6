import sys

# ruleid: text-unicode-control-characters
print("done[2K[1A all tests passed")

# ruleid: text-unicode-control-characters
# ]52;c;Y3VybA== copies to the clipboard when shown

# ruleid: text-unicode-control-characters
NAME = "report.txt"

# ruleid: text-unicode-control-characters
RED = "31m"

# ruleid: text-unicode-control-characters
TITLE = "]0;root@prod"

# ok: text-unicode-control-characters
RESET = "\x1b[0m"

# ok: text-unicode-control-characters
BELL = "\a"

# ok: text-unicode-control-characters
TAB = "a	b"

# ok: text-unicode-control-characters
PAGE = 1  # a form feed follows, as old sources have it


# ok: text-unicode-control-characters
print("\033[31mred\033[0m")

# ok: text-unicode-control-characters
ARROW = "^["
