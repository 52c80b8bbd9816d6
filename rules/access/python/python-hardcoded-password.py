import os

import mysql.connector
import paramiko
import redis

# ruleid: python-hardcoded-password
db = mysql.connector.connect(host="db", user="app", password="Sommer2024")
# ruleid: python-hardcoded-password
cache = redis.Redis(host="cache", password="hunter22")
ssh = paramiko.SSHClient()
# ruleid: python-hardcoded-password
ssh.connect("host", username="root", password="toor!")
# ok: python-hardcoded-password
fresh = mysql.connector.connect(host="db", user="app", password=os.environ["DB_PASSWORD"])
# ok: python-hardcoded-password
shown = mysql.connector.connect(host="db", user="app", password="your_password")
# ok: python-hardcoded-password
empty = redis.Redis(host="cache", password="")


def form(field):
    # ok: python-hardcoded-password
    return field(label="Password", password="hidden")
