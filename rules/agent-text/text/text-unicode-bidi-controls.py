import os

# ruleid: text-unicode-bidi-controls
access = "user‮ ⁦# check if admin⁩ ⁦"

# ruleid: text-unicode-bidi-controls
# ‮ } ⁦if is_admin:⁩ ⁦ begin admins only

# ruleid: text-unicode-bidi-controls
name = "invoice‮fdp.exe"

# ruleid: text-unicode-bidi-controls
def grant(role): return role == "admin⁧"

# ok: text-unicode-bidi-controls
HEBREW = "שלום"

# ok: text-unicode-bidi-controls
ARABIC = "مرحبا"

# ok: text-unicode-bidi-controls
# הערה רגילה (plain Hebrew, no controls)

# ok: text-unicode-bidi-controls
ESCAPED = "\u202e"

# ok: text-unicode-bidi-controls
ARROWS = "← →"

# ok: text-unicode-bidi-controls
MIXED = "abc אבג 123"

# ok: text-unicode-bidi-controls
TITLE = {"title": "‫نسخ كـ PNG‬", "tip": "‫حذف <b class='x'>${x}</b> ‪<code>0</code>‬؟‬"}

# ruleid: text-unicode-bidi-controls
role = "א" if user else "⁧ # only for admins: return None⁩"

# ruleid: text-unicode-bidi-controls
note = "‫نسخ كـ PNG"
