import yaml
import yaml as y


def agent_definition(path):
    with open(path) as f:
        # ruleid: python-yaml-unsafe-load
        return yaml.safe_load(f)


def prompts(text):
    # ruleid: python-yaml-unsafe-load
    first = yaml.safe_load(text)
    # ok: python-yaml-unsafe-load
    second = y.load(text, Loader=y.FullLoader)
    # ruleid: python-yaml-unsafe-load
    third = yaml.safe_load(text)
    # ruleid: python-yaml-unsafe-load
    fourth = yaml.safe_load(text)
    return first, second, third, fourth


def answer(reply):
    # ok: python-yaml-unsafe-load
    plan = yaml.load(reply.choices[0].message.content, Loader=yaml.FullLoader)
    return plan["steps"]


def good(text):
    # ok: python-yaml-unsafe-load
    a = yaml.safe_load(text)
    # ok: python-yaml-unsafe-load
    b = yaml.load(text, Loader=yaml.SafeLoader)
    # ok: python-yaml-unsafe-load
    c = yaml.load(text, Loader=yaml.CSafeLoader)
    # ok: python-yaml-unsafe-load
    d = list(yaml.safe_load_all(text))
    return a, b, c, d


class StrictLoader(yaml.SafeLoader):
    pass


def custom(text):
    # ok: python-yaml-unsafe-load
    return yaml.load(text, Loader=StrictLoader)


def other(json, text):
    # ok: python-yaml-unsafe-load
    return json.load(text)


# ok: python-yaml-unsafe-load
DOC = "never call yaml.load(text)"
