import hashlib
import os


def register(username, password):
    # ruleid: python-fast-password-hash
    return username, hashlib.sha256(password.encode()).hexdigest()


def salted(user_password, salt):
    # ruleid: python-fast-password-hash
    return hashlib.sha512((salt + user_password).encode("utf-8")).hexdigest()


def stepwise(pwd):
    digest = hashlib.new("sha1")
    # ruleid: python-fast-password-hash
    digest.update(pwd)
    return digest.digest()


def slow(password):
    # ok: python-fast-password-hash
    return hashlib.scrypt(password.encode(), salt=os.urandom(16), n=2**14, r=8, p=1)


def fingerprint(body):
    # ok: python-fast-password-hash
    return hashlib.sha256(body).hexdigest()


def key_of(password_file):
    # ok: python-fast-password-hash
    return hashlib.sha256(password_file.read_bytes()).hexdigest()


def answer(challenge, password):
    # ok: python-fast-password-hash
    return hashlib.md5(challenge + password).hexdigest()


def check_entry(entry, password):
    if entry.startswith("{SHA}"):
        # ok: python-fast-password-hash
        return base64.b64encode(hashlib.sha1(password).digest()) == entry[5:]
