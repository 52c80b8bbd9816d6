import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLInputFactory;

class Feeds {
    Object read(InputStream stream) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        // ruleid: java-xml-external-entities
        return factory.newDocumentBuilder().parse(stream);
    }

    Object stream(InputStream stream) throws Exception {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        // ruleid: java-xml-external-entities
        return factory.createXMLStreamReader(stream);
    }

    Object safely(InputStream stream) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        // ok: java-xml-external-entities
        return factory.newDocumentBuilder().parse(stream);
    }

    Object withoutDtd(InputStream stream) throws Exception {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        // ok: java-xml-external-entities
        return factory.createXMLStreamReader(stream);
    }
}
