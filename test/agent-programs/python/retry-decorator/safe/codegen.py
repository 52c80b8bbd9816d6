"""Asks again when the service is busy; a person applies what comes out."""
import functools
import time
from pathlib import Path

import cohere
from tenacity import retry, stop_after_attempt, wait_exponential

co = cohere.ClientV2()


def with_backoff(tries):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(tries):
                try:
                    return function(*args, **kwargs)
                except cohere.errors.TooManyRequestsError:
                    time.sleep(2**attempt)
            return function(*args, **kwargs)

        return wrapper

    return decorate


@with_backoff(tries=4)
def write_migration(description):
    response = co.chat(model="command-r-plus", messages=[{"role": "user", "content": description}])
    return response.message.content[0].text


@retry(stop=stop_after_attempt(3), wait=wait_exponential())
def write_check(description):
    response = co.chat(model="command-r-plus", messages=[{"role": "user", "content": f"As an expression: {description}"}])
    return response.message.content[0].text


def propose(number, description):
    folder = Path("proposals") / f"{int(number):04}"
    folder.mkdir(parents=True)
    (folder / "migration.py.txt").write_text(write_migration(description))
    (folder / "check.py.txt").write_text(write_check(description))
