import argparse
import logging

log = logging.getLogger(__name__)


def main():
    arguments = argparse.ArgumentParser().parse_args()
    password = make_password(arguments.name)
    # ok: python-secret-in-log
    print(f"The password is {password}")
    # ruleid: python-secret-in-log
    log.info("made %s", password)
