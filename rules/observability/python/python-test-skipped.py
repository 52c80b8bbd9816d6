import sys
import unittest

import pytest


# ruleid: python-test-skipped
@pytest.mark.skip(reason="flaky")
def test_one():
    assert sum([1]) == 1


class Two(unittest.TestCase):
    # ruleid: python-test-skipped
    @unittest.skip("later")
    def test_two(self):
        self.assertEqual(2, 2)


# ok: python-test-skipped
@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_three():
    assert sum([3]) == 3


# ok: python-test-skipped
@pytest.mark.xfail(reason="issue 12", strict=True)
def test_four():
    assert sum([4]) == 5
