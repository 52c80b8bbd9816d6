def total(rows):
    i = 0
    result = 0
    # ruleid: python-index-past-end
    while i <= len(rows):
        result += rows[i]
        i += 1
    return result


def shift(rows):
    # ruleid: python-index-past-end
    for i in range(len(rows) + 1):
        rows[i] = 0


def right(rows):
    i = 0
    # ok: python-index-past-end
    while i < len(rows):
        rows[i] += 1
        i += 1


def cuts(rows):
    # ok: python-index-past-end
    for i in range(len(rows) + 1):
        yield rows[:i]
