import os

# ruleid: text-unicode-mixed-script-identifier
sсope = os.environ

# ruleid: text-unicode-mixed-script-identifier
def is_аdmin(user): return True

# ruleid: text-unicode-mixed-script-identifier
pαssword = None

# ruleid: text-unicode-mixed-script-identifier
class Usеr: pass

# ok: text-unicode-mixed-script-identifier
область = 1

# ok: text-unicode-mixed-script-identifier
α = 0.05

# ok: text-unicode-mixed-script-identifier
naïve = True

# ok: text-unicode-mixed-script-identifier
größe = 3

# ok: text-unicode-mixed-script-identifier
MESSAGE = "привет world"

# ok: text-unicode-mixed-script-identifier
# the variable α is the learning rate

# ok: text-unicode-mixed-script-identifier
変数 = 2

# ok: text-unicode-mixed-script-identifier
Δt = 0.1

# ok: text-unicode-mixed-script-identifier
σ_x = 1.0
