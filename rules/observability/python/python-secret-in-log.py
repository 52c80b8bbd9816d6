import logging
import os

import langchain
from rich.console import Console

logger = logging.getLogger(__name__)
console = Console()


def start(api_key, user):
    # ruleid: python-secret-in-log
    print("key:", api_key)
    # ruleid: python-secret-in-log
    logger.debug(f"token is {user.access_token}")
    # ruleid: python-secret-in-log
    logging.info(os.environ)
    # ok: python-secret-in-log
    logger.info("key ends in %s", api_key[-4:])
    # ok: python-secret-in-log
    print("password must have eight letters")
    # ok: python-secret-in-log
    logger.info("tokens used: %d", user.token_count)


# ruleid: python-secret-in-log
langchain.debug = True


def expand(template):
    # ok: python-secret-in-log
    print("%s -> %s" % (template, templates.substitute(template, os.environ)))


def asked(is_password):
    # ok: python-secret-in-log
    print(is_password)


def check(api_key):
    if api_key == "public":
        # ok: python-secret-in-log
        logger.error("the key %s is for trials only", api_key)
