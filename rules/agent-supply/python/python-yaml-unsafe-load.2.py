from project.core import yaml


def settings(path):
    # ok: python-yaml-unsafe-load
    return yaml.load(path)
