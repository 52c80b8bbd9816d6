import subprocess
import tempfile


def run(code):
    # ruleid: python-predictable-script-file
    with open("/tmp/generated.py", "w") as script:
        script.write(code)
    subprocess.run(["python", "/tmp/generated.py"])


def old():
    # ruleid: python-predictable-script-file
    return tempfile.mktemp(suffix=".sh")


def safe():
    # ok: python-predictable-script-file
    with tempfile.NamedTemporaryFile(suffix=".py", mode="w") as script:
        script.write("print(1)")
    # ok: python-predictable-script-file
    with open("/tmp/report.txt", "w") as report:
        report.write("done")


def own(folder):
    # ok: python-predictable-script-file
    return tempfile.mktemp(suffix=".tif", dir=folder)


def pipe(number):
    # ok: python-predictable-script-file
    return tempfile.mktemp(prefix=r"\\.\pipe\job-{:d}-".format(number))
