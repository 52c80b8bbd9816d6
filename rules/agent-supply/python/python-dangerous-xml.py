import xml.sax
from xml.sax.handler import feature_external_ges

from defusedxml.ElementTree import fromstring
from langchain_community.document_loaders.quip import QuipLoader
from lxml import etree


def load(url, token):
    # ruleid: python-dangerous-xml
    return QuipLoader(url, token, allow_dangerous_xml_parsing=True).load()


def parse(data):
    # ruleid: python-dangerous-xml
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True)
    return etree.fromstring(data, parser)


def remote(data):
    # ruleid: python-dangerous-xml
    return etree.fromstring(data, etree.XMLParser(no_network=False))


def sax(source, handler):
    parser = xml.sax.make_parser()
    # ruleid: python-dangerous-xml
    parser.setFeature(feature_external_ges, True)
    parser.setContentHandler(handler)
    parser.parse(source)


def good(data, source):
    # ok: python-dangerous-xml
    a = fromstring(data)
    # ok: python-dangerous-xml
    b = etree.XMLParser(resolve_entities=False, no_network=True)
    # ok: python-dangerous-xml
    c = etree.fromstring(data, etree.XMLParser(remove_blank_text=True))
    parser = xml.sax.make_parser()
    # ok: python-dangerous-xml
    parser.setFeature(feature_external_ges, False)
    # ok: python-dangerous-xml
    d = QuipLoader(source, "token")
    # ok: python-dangerous-xml
    e = template.parse(data, resolve_entities=True)
    return a, b, c, d, e
