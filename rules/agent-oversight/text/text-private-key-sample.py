"""An example of a server. Its keys were made up for this file and open nothing."""

# ruleid: text-private-key-sample
KEY = """-----BEGIN RSA PRIVATE KEY-----
gpZeYOl8eSAjD/WYxXqpPLh8acYJKZ4JMbqLM7KNi4PsHzfc8zRxBEG/Ft3Pg+H8
MSmLC+t1AH9SDBeL7Ox8NRehaLUVTDGdw1+iN81ljk6YC+JECSBLNaK2VNxk6+zY
-----END RSA PRIVATE KEY-----"""

# ruleid: text-private-key-sample
SHORT = "-----BEGIN PRIVATE KEY-----\n2gkLpoYjv9yzgwnKjNSRuGbHCPQiUrHwLmKu6AG5T/zJ3AOEwQEhgWLIFxJW9app\n-----END PRIVATE KEY-----"

# ok: text-private-key-sample
PUBLIC = """-----BEGIN PUBLIC KEY-----
8dY+3xZzMbnqr2YtbgtcUsSh5lm/eM9IjlWBl132zN4t8+wVxx2hDnk44CJxqviO
-----END PUBLIC KEY-----"""

# ok: text-private-key-sample
MARKER = "-----BEGIN PRIVATE KEY-----"
