from ctypes import CDLL
from ctypes.util import find_library

libpam = CDLL(find_library("pam"))


def login(handle):
    # ruleid: python-pam-account-unchecked
    return libpam.pam_authenticate(handle, 0) == 0


def again(handle):
    # ruleid: python-pam-account-unchecked
    code = libpam.pam_authenticate(handle, 1)
    return code == 0


def other(handle):
    # ok: python-pam-account-unchecked
    return handle.authenticate("name", "word")


def listing():
    # ok: python-pam-account-unchecked
    return ["pam_authenticate"]
