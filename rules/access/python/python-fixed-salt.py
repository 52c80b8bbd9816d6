import hashlib
import os

import bcrypt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

SALT = b"pepper and salt"


def one(password):
    # ruleid: python-fixed-salt
    return hashlib.pbkdf2_hmac("sha256", password, b"static_salt", 600_000)


def constant(password):
    # ruleid: python-fixed-salt
    return PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=SALT, iterations=480_000).derive(password)


def fresh(password):
    salt = os.urandom(16)
    # ok: python-fixed-salt
    return salt + hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)


def made(password):
    # ok: python-fixed-salt
    return bcrypt.hashpw(password, bcrypt.gensalt())
