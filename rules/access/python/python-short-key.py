import paramiko
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import ec, rsa

BITS = 1024
# ruleid: python-short-key
old = RSA.generate(1024)
# ruleid: python-short-key
named = rsa.generate_private_key(public_exponent=65537, key_size=512)
# ruleid: python-short-key
ssh = paramiko.RSAKey.generate(BITS)
# ok: python-short-key
new = RSA.generate(3072)
# ok: python-short-key
large = rsa.generate_private_key(public_exponent=65537, key_size=4096)
# ok: python-short-key
curve = ec.generate_private_key(ec.SECP256R1())
