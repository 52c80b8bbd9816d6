import elementpath
import lxml.etree
from flask import Flask, request

app = Flask(__name__)


@app.route("/user")
def user():
    root = lxml.etree.parse("users.xml")
    number = request.args["id"]
    # ruleid: python-web-input-xpath
    nodes = root.xpath(f"//user[@id='{number}']")
    # ok: python-web-input-xpath
    same = root.xpath("//user[@id = $id]", id=number)
    # ruleid: python-web-input-xpath
    find = lxml.etree.XPath("//user[@id='" + number + "']")
    return str(nodes) + str(same) + str(find(root))


@app.route("/checked")
def checked():
    number = request.args["id"]
    if "'" in number:
        return "no", 400
    # ok: python-web-input-xpath
    return elementpath.select(lxml.etree.parse("users.xml"), f"//user[@id='{number}']")
