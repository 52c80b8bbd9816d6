import os

# ruleid: python-secret-with-fallback
SECRET_KEY = os.environ.get("SECRET_KEY", "change-me-later")
# ruleid: python-secret-with-fallback
JWT = os.getenv("APP_JWT_SECRET", "not so secret")
# ruleid: python-secret-with-fallback
COOKIE = os.environ.get("COOKIE_KEY") or "crumbs"

# Nothing, where nothing is set.
# ok: python-secret-with-fallback
OTHER = os.environ.get("SECRET_KEY", "")
# ok: python-secret-with-fallback
THIRD = os.environ.get("SECRET_KEY")
# No secret.
# ok: python-secret-with-fallback
LEVEL = os.getenv("LOG_LEVEL", "info")
# Where it is kept.
# ok: python-secret-with-fallback
FILE = os.getenv("SIGNING_KEY", "/run/secrets/signing")
