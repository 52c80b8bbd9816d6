import hmac


def webhook(body, signature, key):
    expected_signature = hmac.new(key, body, "sha256").hexdigest()
    # ruleid: python-secret-compared-early
    return signature == expected_signature


def by_hand(stored_token, given):
    for i in range(len(stored_token)):
        # ruleid: python-secret-compared-early
        if stored_token[i] != given[i]:
            return False
    return True


def constant_time(body, signature, key):
    # ok: python-secret-compared-early
    return hmac.compare_digest(signature, hmac.new(key, body, "sha256").hexdigest())


def words(left, right):
    for i in range(len(left)):
        # ok: python-secret-compared-early
        if left[i] != right[i]:
            return i
    # ok: python-secret-compared-early
    return left == right
