import base64

import bcrypt


def store(user, password):
    # ruleid: python-password-base64
    user.secret = base64.b64encode(password.encode()).decode()


def check(user, password):
    # ruleid: python-password-base64
    return base64.b64decode(user.secret).decode() == password


def header(name, password):
    # ok: python-password-base64
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def picture(data):
    # ok: python-password-base64
    encoded = base64.b64encode(data)
    return encoded


def kept(user, password):
    # ok: python-password-base64
    user.secret = bcrypt.hashpw(password.encode(), bcrypt.gensalt())


def reset(werkzeug, base64, new_password):
    # ok: python-password-base64
    encoded = base64.b64encode(new_password.encode("utf-8")).decode("utf-8")
    password_hash = werkzeug.security.generate_password_hash(encoded)
    return password_hash


def proxy(headers, password):
    # ok: python-password-base64
    proxy_auth = base64.b64encode(password.encode()).decode("ascii")
    if proxy_auth:
        headers["Proxy-Authorization"] = "Basic %s" % proxy_auth
