"""Lets a command line agent write a shell script and runs it."""
import json
import subprocess


def ask_claude(prompt: str) -> dict:
    done = subprocess.run(
        ["claude", "-p", prompt, "--output-format", "json"],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def release(version: str) -> None:
    reply = ask_claude(f"Print a bash script that tags and publishes {version}.")
    # finding: python-model-output-shell
    subprocess.run(reply["result"], shell=True, check=True)
