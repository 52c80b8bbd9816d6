import importlib
import importlib.util
import runpy
import subprocess
import sys


def load(generated_path, tool_name, tmp_script, code_file):
    spec = importlib.util.spec_from_file_location("task", generated_path)
    generated_module = importlib.util.module_from_spec(spec)
    # ruleid: python-load-generated-module
    spec.loader.exec_module(generated_module)
    # ruleid: python-load-generated-module
    runpy.run_path(generated_path, run_name="__main__")
    # ruleid: python-load-generated-module
    importlib.import_module(f"tools.{tool_name}")
    # ruleid: python-load-generated-module
    runpy.run_path(tmp_script)
    # ruleid: python-load-generated-module
    subprocess.run([sys.executable, generated_path], timeout=10)
    # ruleid: python-load-generated-module
    subprocess.check_output(["python3", str(code_file)])
    return generated_module


def fine(name, module, path):
    # ok: python-load-generated-module
    importlib.import_module("generated.protobuf")
    # ok: python-load-generated-module
    importlib.import_module(name)
    spec = importlib.util.spec_from_file_location("plugin", path)
    # ok: python-load-generated-module
    spec.loader.exec_module(module)
    # ok: python-load-generated-module
    runpy.run_module("pip", run_name="__main__")
    # ok: python-load-generated-module
    importlib.reload(module)
    # ok: python-load-generated-module
    subprocess.run([sys.executable, "-m", "pytest"])
    # ok: python-load-generated-module
    subprocess.run(["python3", path])
    # runpy.run_path(generated_path) would run it
    return spec


def all_of_a_package(importlib, pkgutil, llms):
    # ok: python-load-generated-module
    return [importlib.import_module(f"llama_index.llms.{p.name}") for p in pkgutil.iter_modules(llms.__path__)]
