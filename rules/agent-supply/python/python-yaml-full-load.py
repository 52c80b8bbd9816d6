import yaml


def settings(path):
    with open(path) as f:
        # ruleid: python-yaml-full-load
        return yaml.load(f, Loader=yaml.FullLoader)


def plan(text):
    # ruleid: python-yaml-full-load
    first = yaml.full_load(text)
    # ruleid: python-yaml-full-load
    second = yaml.load(text, yaml.CFullLoader)
    # ok: python-yaml-full-load
    third = yaml.safe_load(text)
    # ok: python-yaml-full-load
    fourth = yaml.load(text, Loader=yaml.SafeLoader)
    return first, second, third, fourth
