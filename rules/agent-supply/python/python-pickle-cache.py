import diskcache
from joblib import Memory
from multiprocessing.connection import Client

# ruleid: python-pickle-cache
cache = diskcache.Cache("/shared/cache")
# ruleid: python-pickle-cache
memory = Memory("/shared/joblib", verbose=0)
# ruleid: python-pickle-cache
link = Client((host, 6000), authkey=key)
# ok: python-pickle-cache
cache = diskcache.Cache("/shared/cache", disk=diskcache.JSONDisk)
# ok: python-pickle-cache
link = Client(("localhost", 6000), authkey=key)
# ok: python-pickle-cache
other = Cache("/shared/cache")
