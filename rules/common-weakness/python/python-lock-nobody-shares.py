import threading
from concurrent.futures import ThreadPoolExecutor

count_lock = threading.Lock()
count = 0


def add():
    global count
    # ruleid: python-lock-nobody-shares
    lock = threading.Lock()
    lock.acquire()
    count += 1
    lock.release()


def add_again():
    global count
    # ruleid: python-lock-nobody-shares
    guard = threading.Lock()
    with guard:
        count += 1


def right():
    global count
    # ok: python-lock-nobody-shares
    with count_lock:
        count += 1


def shared(rows):
    # ok: python-lock-nobody-shares
    lock = threading.Lock()

    def work(row):
        with lock:
            print(row)

    with lock:
        ThreadPoolExecutor().map(work, rows)


def handed(rows):
    # ok: python-lock-nobody-shares
    lock = threading.Lock()
    worker = threading.Thread(target=print, args=(lock,))
    start(worker, lock)
    with lock:
        rows.clear()


def start(worker, lock):
    worker.start()
