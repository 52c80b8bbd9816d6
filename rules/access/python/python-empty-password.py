import os

import pymysql

# ruleid: python-empty-password
DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "NAME": "shop", "PASSWORD": "", "USER": "root"}}
# ruleid: python-empty-password
connection = pymysql.connect(host="localhost", user="root", password="")
# ruleid: python-empty-password
URL = "postgresql://admin:@db.internal/shop"
# ok: python-empty-password
SAFE = {"default": {"ENGINE": "django.db.backends.mysql", "PASSWORD": os.environ["DB_PASSWORD"]}}
# ok: python-empty-password
other = pymysql.connect(host="localhost", user="app", password=os.environ["DB_PASSWORD"])
# ok: python-empty-password
LOCAL = {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}
