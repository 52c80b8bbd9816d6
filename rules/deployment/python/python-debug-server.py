import os

from flask import Flask

app = Flask(__name__)
# ruleid: python-debug-server
app.debug = True
# ruleid: python-debug-server
app.config["DEBUG"] = True

if __name__ == "__main__":
    # ruleid: python-debug-server
    app.run(port=8080, debug=True)
    # ok: python-debug-server
    app.run(debug=os.environ.get("APP_DEBUG") == "1")
    # ok: python-debug-server
    app.run(debug=False)


def start(settings):
    if settings.debug:
        # ok: python-debug-server
        app.run(debug=True)
    else:
        # ok: python-debug-server
        app.run()
