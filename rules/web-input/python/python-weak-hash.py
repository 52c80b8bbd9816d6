import hashlib


def stored(password, content):
    # ruleid: python-weak-hash
    first = hashlib.md5(password.encode()).hexdigest()
    # ruleid: python-weak-hash
    second = hashlib.new("sha1", content)
    # ok: python-weak-hash
    third = hashlib.sha256(content)
    # ok: python-weak-hash
    fourth = hashlib.md5(content, usedforsecurity=False)
    # ok: python-weak-hash
    fifth = hashlib.new("sha512")
    return first, second, third, fourth, fifth
