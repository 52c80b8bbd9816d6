import socket
from http.server import HTTPServer, SimpleHTTPRequestHandler

import uvicorn

server = socket.socket()
# ruleid: python-bind-all-interfaces
server.bind(("0.0.0.0", 9000))
# ruleid: python-bind-all-interfaces
HTTPServer(("", 8000), SimpleHTTPRequestHandler)
# ruleid: python-bind-all-interfaces
uvicorn.run("app:app", host="0.0.0.0", port=8000)
# ok: python-bind-all-interfaces
server.bind(("127.0.0.1", 9000))
# ok: python-bind-all-interfaces
uvicorn.run("app:app", host="localhost")
# ok: python-bind-all-interfaces
print("0.0.0.0")
