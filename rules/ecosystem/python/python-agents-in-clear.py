import grpc
import pika
import websockets


def connect(address):
    # ruleid: python-agents-in-clear
    return grpc.insecure_channel(address)


def queue():
    # ruleid: python-agents-in-clear
    return pika.URLParameters("amqp://guest:guest@broker.example.com/")


async def listen():
    # ruleid: python-agents-in-clear
    return await websockets.connect("ws://agents.example.com/bus")


def local():
    # ok: python-agents-in-clear
    return grpc.insecure_channel("localhost:50051")


def secure(address):
    # ok: python-agents-in-clear
    return grpc.secure_channel(address, grpc.ssl_channel_credentials())
