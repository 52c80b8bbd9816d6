import xml.etree.ElementTree as ET
from xml.dom import minidom

import defusedxml.ElementTree


def parse(text):
    # ruleid: python-xml-parse-unguarded
    return ET.fromstring(text)


def dom(body):
    # ruleid: python-xml-parse-unguarded
    return minidom.parseString(body)


def safe(text):
    # ok: python-xml-parse-unguarded
    return defusedxml.ElementTree.fromstring(text)


def fixed():
    # ok: python-xml-parse-unguarded
    return ET.fromstring("<a/>")
