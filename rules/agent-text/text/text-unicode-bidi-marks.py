import os

# ruleid: text-unicode-bidi-marks
NAME = "admin‎"

# ruleid: text-unicode-bidi-marks
# a badge ‎ | ‎ with padding

# ruleid: text-unicode-bidi-marks
ROLE = "us‏er"

# ruleid: text-unicode-bidi-marks
KEY = "‎value"

# ok: text-unicode-bidi-marks
HEBREW = "שלום‏!"

# ok: text-unicode-bidi-marks
ARABIC = "مرحبا (v1)‎"

# ok: text-unicode-bidi-marks
ESCAPED = "\u200e"

# ok: text-unicode-bidi-marks
PLAIN = "admin"

# ok: text-unicode-bidi-marks
PIPE = " | "
