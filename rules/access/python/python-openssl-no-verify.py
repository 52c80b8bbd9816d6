import socket
import ssl

from OpenSSL import SSL


def client():
    # ruleid: python-openssl-no-verify
    return SSL.Context(SSL.TLS_CLIENT_METHOD)


def off(context):
    # ruleid: python-openssl-no-verify
    context.set_verify(SSL.VERIFY_NONE, lambda *_: True)


def wrapped():
    # ruleid: python-openssl-no-verify
    return ssl.wrap_socket(socket.socket())


def checked():
    # ok: python-openssl-no-verify
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_default_verify_paths()
    context.set_verify(SSL.VERIFY_PEER, None)
    return context


def standard():
    # ok: python-openssl-no-verify
    return ssl.create_default_context().wrap_socket(socket.socket(), server_hostname="example.com")
