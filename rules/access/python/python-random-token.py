import random
import secrets
import string


def generate_token(length=32):
    # ruleid: python-random-token
    return "".join(random.choice(string.ascii_letters) for _ in range(length))


def create_session_id():
    # ruleid: python-random-token
    value = random.getrandbits(128)
    return hex(value)


def generate_otp():
    # ruleid: python-random-token
    return str(random.randint(100000, 999999))


def generate_password(length=16):
    # ok: python-random-token
    return "".join(secrets.choice(string.ascii_letters) for _ in range(length))


def get_sample(rows):
    # ok: python-random-token
    return random.choice(rows)


def tokenize(text):
    # ok: python-random-token
    return random.sample(text.split(), 3)
