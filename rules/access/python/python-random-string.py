import os
import random
import secrets
import string

# ruleid: python-random-string
name = "".join(random.choice(string.ascii_lowercase) for _ in range(8))
# ruleid: python-random-string
code = "".join(random.choices(string.digits, k=6))
# ruleid: python-random-string
random.seed(os.urandom(2))
# ok: python-random-string
token = "".join(secrets.choice(string.ascii_letters) for _ in range(32))
# ok: python-random-string
system = "".join(random.SystemRandom().choice(string.digits) for _ in range(6))
# ok: python-random-string
random.seed(42)
