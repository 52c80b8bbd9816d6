def number(text):
    # ruleid: python-error-ignored
    try:
        return int(text)
    except ValueError:
        pass


def numbers(texts):
    for text in texts:
        # ruleid: python-error-ignored
        try:
            yield int(text)
        except ValueError:
            continue


def logged(text):
    # ok: python-error-ignored
    try:
        return int(text)
    except ValueError as error:
        print(error)


def default(text):
    # ok: python-error-ignored
    try:
        return int(text)
    except ValueError:
        return 0
