import os
import subprocess
import sys
from pathlib import Path


def install(package):
    # ruleid: python-model-chosen-package
    subprocess.check_call([sys.executable, "-m", "pip", "install", package])


def run_generated(code, imports):
    for name in imports:
        try:
            __import__(name)
        except ImportError:
            # ruleid: python-model-chosen-package
            subprocess.run(["pip", "install", "-q", name], check=False)


def node(package_name):
    # ruleid: python-model-chosen-package
    cmd = ["npm", "install", "--save", package_name]
    return subprocess.run(cmd)


def tool(tool_call):
    # ruleid: python-model-chosen-package
    return subprocess.run(["npx", "-y", tool_call.arguments["package"]], capture_output=True)


def many(dependencies):
    # ruleid: python-model-chosen-package
    subprocess.run([sys.executable, "-m", "pip", "install", *dependencies], check=True)


PINNED = "numpy==2.1.3"


def good(wheel_path, requirements):
    # ok: python-model-chosen-package
    subprocess.check_call([sys.executable, "-m", "pip", "install", "numpy==2.1.3"])
    # ok: python-model-chosen-package
    subprocess.check_call([sys.executable, "-m", "pip", "install", PINNED])
    # ok: python-model-chosen-package
    subprocess.run(["pip", "install", "-r", requirements])
    # ok: python-model-chosen-package
    subprocess.run([sys.executable, "-m", "pip", "install", wheel_path])
    # ok: python-model-chosen-package
    subprocess.run(["npx", "-y", "prettier@3.3.3", "--check", "."])
    # ok: python-model-chosen-package
    os.system("pip install -e .")
    # ok: python-model-chosen-package
    subprocess.run(["git", "add", str(Path("out") / "x.txt")])
    # ok: python-model-chosen-package
    print(f"pip install {PINNED}")
