import jwt
import python_jwt
from jose import jwt as jose_jwt


def user(token):
    # ruleid: python-jwt-unverified
    return jwt.decode(token, options={"verify_signature": False})["sub"]


def user_with_options(token):
    # ruleid: python-jwt-unverified
    claims = jwt.decode(
        token,
        "",
        options={"verify_signature": False, "verify_exp": True},
    )
    return claims["sub"]


def old_style(token):
    # ruleid: python-jwt-unverified
    return jwt.decode(token, verify=False)


def none(token, key):
    # ruleid: python-jwt-unverified
    return jwt.decode(token, key, algorithms=["HS256", "none"])


def jose(token):
    # ruleid: python-jwt-unverified
    return jose_jwt.get_unverified_claims(token)


def good(token, key, header):
    # ok: python-jwt-unverified
    a = jwt.decode(token, key, algorithms=["RS256"], audience="api")
    # ok: python-jwt-unverified
    b = jwt.decode(token, key, algorithms=["HS256"], options={"verify_signature": True})
    # ok: python-jwt-unverified
    c = jwt.get_unverified_header(token)["kid"]
    # ok: python-jwt-unverified
    d = codec.decode(token, verify=False)
    # ok: python-jwt-unverified
    e = jwt.encode({"sub": "1"}, key, algorithm="HS256")
    # ok: python-jwt-unverified
    f = {"verify_signature": False}
    return a, b, c, d, e, f


def only_read(token):
    # ruleid: python-jwt-unverified
    return python_jwt.process_jwt(token)[1]


def looks_first(token, keys):
    try:
        # ok: python-jwt-unverified
        unverified = jwt.decode(token, options={"verify_signature": False})
        key = keys[unverified["iss"]]
        return jwt.decode(token, key, algorithms=["RS256"], audience="api", options={"verify_signature": True})
    except jwt.PyJWTError:
        return None


def looks_only(token, other, keys):
    # ruleid: python-jwt-unverified
    unverified = jwt.decode(token, options={"verify_signature": False})
    jwt.decode(other, keys["api"], algorithms=["RS256"])
    return unverified


def is_over(token):
    try:
        # ok: python-jwt-unverified
        jwt.decode(token, options={"verify_signature": False, "verify_exp": True})
    except jwt.ExpiredSignatureError:
        return True
    except jwt.InvalidTokenError:
        return False
    return False


def issuer_of(token):
    # ok: python-jwt-unverified
    unverified_claims = jwt.decode(token, options={"verify_signature": False})
    return unverified_claims["iss"]
