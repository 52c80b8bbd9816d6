import urllib.request


def load(url):
    # ruleid: python-urlopen-any-scheme
    return urllib.request.urlopen(url).read()


def save(address, path):
    # ruleid: python-urlopen-any-scheme
    urllib.request.urlretrieve(address, path)


def fixed():
    # ok: python-urlopen-any-scheme
    return urllib.request.urlopen("https://example.com/list.json").read()


def under(name):
    # ok: python-urlopen-any-scheme
    return urllib.request.urlopen("https://example.com/" + name).read()
