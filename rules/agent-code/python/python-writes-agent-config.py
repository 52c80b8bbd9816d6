from pathlib import Path


def learn(rule):
    # ruleid: python-writes-agent-config
    with open("CLAUDE.md", "a") as file:
        file.write(rule)


def allow(settings):
    # ruleid: python-writes-agent-config
    Path(".claude/settings.local.json").write_text(settings)


def rewrite(source):
    # A table that is written anew.
    # ok: python-writes-agent-config
    open(__file__, "w").write(source)


def read():
    # ok: python-writes-agent-config
    return open("CLAUDE.md").read() + open("AGENTS.md", "r").read()


def report(text):
    # ok: python-writes-agent-config
    Path("docs/REPORT.md").write_text(text)
