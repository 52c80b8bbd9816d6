import yaml
from yaml import FullLoader, Loader, SafeLoader, load, unsafe_load
from yaml import load as yaml_load
from json import load as json_load


def settings(path):
    with open(path) as f:
        # ruleid: python-yaml-unsafe-load-imported
        return load(f, Loader=Loader)


def tools(text):
    # ruleid: python-yaml-unsafe-load-imported
    a = load(text)
    # ok: python-yaml-unsafe-load-imported
    b = yaml_load(text, Loader=FullLoader)
    # ruleid: python-yaml-unsafe-load-imported
    c = unsafe_load(text)
    # ruleid: python-yaml-unsafe-load-imported
    d = list(yaml.load_all(text, Loader=Loader))
    return a, b, c, d


def good(text, f):
    # ok: python-yaml-unsafe-load-imported
    a = load(text, Loader=SafeLoader)
    # ok: python-yaml-unsafe-load-imported
    b = json_load(f)
    # ok: python-yaml-unsafe-load-imported
    c = list(yaml.load_all(text, Loader=yaml.SafeLoader))
    # ok: python-yaml-unsafe-load-imported
    d = yaml.safe_load(text)
    return a, b, c, d


class Reader:
    def load(self, text):
        return text

    def read(self, text):
        # ok: python-yaml-unsafe-load-imported
        return self.load(text)


# ok: python-yaml-unsafe-load-imported
HINT = "load(text, Loader=Loader)"
