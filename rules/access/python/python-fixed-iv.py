import os

from Crypto.Cipher import AES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

IV = b"0123456789abcdef"


def one(key, text):
    # ruleid: python-fixed-iv
    return AES.new(key, AES.MODE_CBC, IV).encrypt(text)


def zeros(key):
    # ruleid: python-fixed-iv
    return Cipher(algorithms.AES(key), modes.CTR(b"\x00" * 16))


def built(key, text):
    iv = b"a" * AES.block_size
    # ruleid: python-fixed-iv
    return AES.new(key, AES.MODE_CBC, iv=iv).encrypt(text)


def fresh(key, text):
    iv = os.urandom(16)
    # ok: python-fixed-iv
    return iv + AES.new(key, AES.MODE_CBC, iv).encrypt(text)


def read_back(key, message):
    # ok: python-fixed-iv
    return Cipher(algorithms.AES(key), modes.CBC(message[:16])).decryptor().update(message[16:])
