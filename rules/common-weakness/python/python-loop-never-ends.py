def fibonacci(n):
    a, b = 1, 1
    count = 2
    # ruleid: python-loop-never-ends
    while count < n:
        a, c = b, a
        b = c
    return b


def spin(limit):
    step = 0
    # ruleid: python-loop-never-ends
    while step <= limit:
        print(step)


def counted(n):
    i = 0
    # ok: python-loop-never-ends
    while i < n:
        i += 1


def searched(rows, n):
    i = 0
    # ok: python-loop-never-ends
    while i < n:
        if rows.pop() is None:
            break


def shrinking(n):
    i = 0
    # ok: python-loop-never-ends
    while i < n:
        n = n // 2
