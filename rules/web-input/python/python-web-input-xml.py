import xml.dom.minidom
import xml.sax
import xml.sax.handler

import lxml.etree
from flask import Flask, request

app = Flask(__name__)


@app.route("/order", methods=["POST"])
def order():
    text = request.get_data()
    parser = xml.sax.make_parser()
    # ok: python-web-input-xml
    first = xml.dom.minidom.parseString(text, parser)
    parser.setFeature(xml.sax.handler.feature_external_ges, True)
    # ruleid: python-web-input-xml
    second = xml.dom.minidom.parseString(text, parser)
    return first.toxml() + second.toxml()


@app.route("/invoice", methods=["POST"])
def invoice():
    text = request.get_data()
    open_parser = lxml.etree.XMLParser(resolve_entities=True, load_dtd=True)
    # ruleid: python-web-input-xml
    tree = lxml.etree.fromstring(text, open_parser)
    closed_parser = lxml.etree.XMLParser(resolve_entities=False)
    # ok: python-web-input-xml
    other = lxml.etree.fromstring(text, closed_parser)
    return tree.tag + other.tag
