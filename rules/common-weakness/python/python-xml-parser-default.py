from lxml import etree

# ruleid: python-xml-parser-default
plain = etree.XMLParser()
# ruleid: python-xml-parser-default
recover = etree.XMLParser(recover=True)
# ruleid: python-xml-parser-default
types = etree.XMLParser(load_dtd=True, resolve_entities=False)
# ok: python-xml-parser-default
safe = etree.XMLParser(resolve_entities=False, no_network=True)
# ok: python-xml-parser-default
page = etree.HTMLParser()
