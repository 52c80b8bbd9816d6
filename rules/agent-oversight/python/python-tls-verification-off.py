import os
import ssl
import urllib.request

import aiohttp
import httpx
import requests
from openai import OpenAI

# ruleid: python-tls-verification-off
client = OpenAI(http_client=httpx.Client(verify=False))

session = requests.Session()
# ruleid: python-tls-verification-off
session.verify = False


def fetch(url):
    # ruleid: python-tls-verification-off
    return requests.get(url, verify=False, timeout=10).json()


def post(payload):
    # ruleid: python-tls-verification-off
    return session.post(
        "https://gateway.internal/v1/chat/completions",
        json=payload,
        verify=False,
    )


async def stream(url):
    # ruleid: python-tls-verification-off
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as s:
        return await s.get(url)


def open_url(url):
    # ruleid: python-tls-verification-off
    return urllib.request.urlopen(url, context=ssl._create_unverified_context())


def context():
    ctx = ssl.create_default_context()
    ctx.check_hostname = False
    # ruleid: python-tls-verification-off
    ctx.verify_mode = ssl.CERT_NONE
    return ctx


# ruleid: python-tls-verification-off
ssl._create_default_https_context = ssl._create_unverified_context

# ruleid: python-tls-verification-off
os.environ["PYTHONHTTPSVERIFY"] = "0"


def good(url, ca, insecure):
    # ok: python-tls-verification-off
    a = requests.get(url, verify=ca)
    # ok: python-tls-verification-off
    b = requests.get(url, timeout=5)
    # ok: python-tls-verification-off
    c = httpx.Client(verify=True)
    # ok: python-tls-verification-off
    d = requests.get(url, verify=not insecure)
    ctx = ssl.create_default_context()
    # ok: python-tls-verification-off
    ctx.verify_mode = ssl.CERT_REQUIRED
    # ok: python-tls-verification-off
    e = image.save("x.png", verify=False)
    # ok: python-tls-verification-off
    f = model.check(verify=False)
    # ok: python-tls-verification-off
    print("requests.get(url, verify=False)")
    # ok: python-tls-verification-off
    os.environ["CURL_CA_BUNDLE"] = ca
    return a, b, c, d, e, f


def context_for(options, ssl):
    context = ssl.create_default_context()
    if options.insecure:
        # ok: python-tls-verification-off
        context.verify_mode = ssl.CERT_NONE
    if options.verify_certificates:
        context.load_default_certs()
    else:
        # ok: python-tls-verification-off
        context.verify_mode = ssl.CERT_NONE
    if options.production:
        # ruleid: python-tls-verification-off
        context.verify_mode = ssl.CERT_NONE
    return context


def find(hosts):
    from elasticsearch import Elasticsearch

    # ruleid: python-tls-verification-off
    return Elasticsearch(hosts, verify_certs=False)


def local():
    from opensearchpy import OpenSearch

    host = "localhost"
    # ok: python-tls-verification-off
    here = OpenSearch(hosts=[{"host": host, "port": 9200}], verify_certs=False)
    # ok: python-tls-verification-off
    there = OpenSearch(hosts=["https://localhost:9200"], verify_certs=False)
    # ruleid: python-tls-verification-off
    other = OpenSearch(hosts=[{"host": os.getenv("HOST", default="localhost"), "port": 9200}], verify_certs=False)
    return here, there, other
