from Crypto.Cipher import AES, DES3
from Crypto.Random import get_random_bytes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def triple(key, iv, text):
    # ruleid: python-weak-cipher
    return DES3.new(key, DES3.MODE_CBC, iv).encrypt(text)


def blocks(key, text):
    # ruleid: python-weak-cipher
    return AES.new(key, AES.MODE_ECB).encrypt(text)


def stream(key):
    # ruleid: python-weak-cipher
    return Cipher(algorithms.ARC4(key), mode=None)


def gcm(key, text):
    # ok: python-weak-cipher
    cipher = AES.new(key, AES.MODE_GCM, nonce=get_random_bytes(12))
    return cipher.encrypt_and_digest(text)


def counter(key, nonce):
    # ok: python-weak-cipher
    return Cipher(algorithms.AES(key), modes.CTR(nonce))


class Wrapper:
    def new(self, registry):
        # ok: python-weak-cipher
        return registry.new("DES")
