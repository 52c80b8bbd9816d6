import base64
import codecs
import marshal
import zlib

# ruleid: python-obfuscated-exec
exec(base64.b64decode("cHJpbnQoMSk="))
# ruleid: python-obfuscated-exec
exec(zlib.decompress(base64.b64decode(PAYLOAD)).decode("utf-8"))
# ruleid: python-obfuscated-exec
eval(compile(bytes.fromhex(DATA), "<string>", "exec"))
# ruleid: python-obfuscated-exec
exec(marshal.loads(blob))
# ruleid: python-obfuscated-exec
exec(__import__("base64").b64decode(blob).decode())
# ruleid: python-obfuscated-exec
eval(codecs.decode("cevag(1)", "rot13"))


def fine(blob, token):
    # ok: python-obfuscated-exec
    text = base64.b64decode(blob).decode()
    # ok: python-obfuscated-exec
    data = zlib.decompress(blob)
    # ok: python-obfuscated-exec
    header = bytes.fromhex("deadbeef")
    # ok: python-obfuscated-exec
    exec("print(1)")
    # ok: python-obfuscated-exec
    cursor.execute(base64.b64decode(token))
    return text, data, header
