import hashlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC


def key(password, salt):
    # ruleid: python-few-hash-rounds
    return hashlib.pbkdf2_hmac("sha256", password, salt, 1000)


def derive(password, salt):
    # ruleid: python-few-hash-rounds
    return PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=salt, iterations=10_000).derive(password)


def enough(password, salt):
    # ok: python-few-hash-rounds
    return hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)


def configured(password, salt, rounds):
    # ok: python-few-hash-rounds
    return hashlib.pbkdf2_hmac("sha256", password, salt, rounds)
