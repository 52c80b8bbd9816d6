"""Access checks. This file starts with a byte order mark."""

# ruleid: text-unicode-zero-width
ac​cess = True

# ruleid: text-unicode-zero-width
def is_admin‍(user): return False

# ruleid: text-unicode-zero-width
ROLE = "adm⁠in"

# ruleid: text-unicode-zero-width
PASS = "pass­word"

# ruleid: text-unicode-zero-width
INNER = "mid﻿dle"

# ok: text-unicode-zero-width
FAMILY = "👨‍👩‍👧‍👦"

# ok: text-unicode-zero-width
CODER = "👩‍💻"

# ok: text-unicode-zero-width
TONE = "👩🏽‍🚀"

# ok: text-unicode-zero-width
PERSIAN = "می‌خواهم"

# ok: text-unicode-zero-width
HINDI = "क्‍ष"

# ok: text-unicode-zero-width
ESCAPED = "\u200b"

# ok: text-unicode-zero-width
CHINESE = "你好，世界"
