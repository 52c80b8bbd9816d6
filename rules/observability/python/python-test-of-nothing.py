import unittest

import pytest


def test_total():
    # ruleid: python-test-of-nothing
    assert True


class Totals(unittest.TestCase):
    def test_sum(self):
        # ruleid: python-test-of-nothing
        self.assertTrue(True)

    def test_real(self):
        # ok: python-test-of-nothing
        self.assertEqual(sum([1, 2]), 3)


def test_error():
    # ruleid: python-test-of-nothing
    with pytest.raises(Exception):
        int("x")


def test_value_error():
    # ok: python-test-of-nothing
    with pytest.raises(ValueError):
        int("x")
