"""Keys of a deployment script. They were made up for this file and open nothing."""

# ruleid: text-private-key
DEPLOY_KEY = """-----BEGIN OPENSSH PRIVATE KEY-----
/6WMcSRrZfjijJQpGajwDtT/3aqZ8sVzbu3+HSymYYb6jHrXbpYPMyTnpvPEpHq7
DP/37m6MQwJcyf4vY7hTnYzsDjUAWgJaMiJhRh+r28hsuSQBBPDaLVYBZ2bEudj6
9HwjazV9k5EZjrDzFQM8t+S7uXRMipLsBSEvfVkpYk3XTb4SCdCHaq89JaWcc92/
-----END OPENSSH PRIVATE KEY-----"""

# ruleid: text-private-key
INLINE = "-----BEGIN RSA PRIVATE KEY-----\nqdXcFcUDK6QViTUUWYXvzUg3whjXbAFc2pLRWj6miskdGn2yTW3GJhAcRAdWqL8J\n-----END RSA PRIVATE KEY-----"

PKCS8 = """
# ruleid: text-private-key
-----BEGIN PRIVATE KEY-----
56/E8b4v5eJBhHNEHD2g3zzSbHZc23fhZJArbFJ7tUWHq+mukeg3jeP4zBFAEgmW
Yh3kkXnKhHEV77eCG5L8UMFzHZmMcXkThF+RFpeKz/WJrjpXRds29S9e3F/bG+AA
-----END PRIVATE KEY-----
""".replace("\n\n", "\n")

# ok: text-private-key
PUBLIC = """-----BEGIN PUBLIC KEY-----
Db86k/iVk2j4eSVGLJkk4QSnrrqbf5r3u87MDwv2V5Zd79T9brmLABFu8kZEEutG
gjnWgL68FV/ycSV9BG+jVSA4HfDL+nJJ4PHJQKaSWdYqVMSz6W/hPjBjRj88e/Qi
-----END PUBLIC KEY-----"""

# ok: text-private-key
MARKER = "-----BEGIN PRIVATE KEY-----"

# ok: text-private-key
PLACEHOLDER = "-----BEGIN PRIVATE KEY-----\n<your key here>\n-----END PRIVATE KEY-----"

# ok: text-private-key
ELIDED = "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----"


def is_private(text):
    # ok: text-private-key
    return "-----BEGIN RSA PRIVATE KEY-----" in text


# ok: text-private-key
CERTIFICATE = """-----BEGIN CERTIFICATE-----
4QLkTLdZrvQAjZ6wkyh5wdefwzWmssQUP/gBXJF+G5u2czNmGmJCaPujRBSFDAPw
Tr8BA+7QniiKn5jRhc3vN8/P4tXJ9Gmye9tg6qDwn98Sgf6Gfjev6hjk85FSXcsi
-----END CERTIFICATE-----"""


# ok: text-private-key
SHOWN = "-----BEGIN RSA PRIVATE KEY-----\nqdXcFcUDK6QViTUUWYXvzUg3whjXbAFc2pLRWj6miskdGn2yTW3GJ...fvY4+te\n-----END RSA PRIVATE KEY-----\n"
# ok: text-private-key
MADE_UP = "-----BEGIN RSA PRIVATE KEY-----EXAMPLEqdXcFcUDK6QViTUUWYXvzUg3whjXbAFc2pLRWj6miskd-----END RSA PRIVATE KEY-----"
