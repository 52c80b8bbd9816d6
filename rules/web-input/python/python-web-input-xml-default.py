import xml.etree.ElementTree as ET

import defusedxml.ElementTree
from flask import Flask, request
from lxml import etree

app = Flask(__name__)
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


@app.route("/order", methods=["POST"])
def order():
    # ruleid: python-web-input-xml-default
    return ET.fromstring(request.data).tag


@app.route("/feed", methods=["POST"])
def feed():
    body = request.get_data()
    # ruleid: python-web-input-xml-default
    return etree.fromstring(body).tag


@app.route("/defused", methods=["POST"])
def defused():
    # ok: python-web-input-xml-default
    return defusedxml.ElementTree.fromstring(request.data).tag


@app.route("/parser", methods=["POST"])
def parser():
    # ok: python-web-input-xml-default
    return etree.fromstring(request.data, SAFE).tag


def settings():
    # ok: python-web-input-xml-default
    return ET.parse("settings.xml").getroot()
