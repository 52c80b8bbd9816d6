import importlib
import importlib.util
import runpy


def load(name, path):
    # ruleid: python-load-module-dynamic
    first = importlib.import_module(name)
    spec = importlib.util.spec_from_file_location("plugin", path)
    module = importlib.util.module_from_spec(spec)
    # ruleid: python-load-module-dynamic
    spec.loader.exec_module(module)
    # ruleid: python-load-module-dynamic
    runpy.run_path(path)
    # ruleid: python-load-module-dynamic
    runpy.run_module(f"plugins.{name}")
    return first, module


def fine(generated_path, name):
    # ok: python-load-module-dynamic
    importlib.import_module("json")
    # ok: python-load-module-dynamic
    runpy.run_module("pip")
    # python-load-generated-module reports this one
    # ok: python-load-module-dynamic
    runpy.run_path(generated_path)
    # ok: python-load-module-dynamic
    importlib.util.find_spec(name)
    # ok: python-load-module-dynamic
    __import__("json")
    return name
