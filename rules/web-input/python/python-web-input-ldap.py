import ldap3
from flask import Flask, request
from ldap3.utils.conv import escape_filter_chars

app = Flask(__name__)
BASE = "ou=people,dc=example,dc=com"


@app.route("/person")
def person():
    connection = ldap3.Connection("ldap.example.com", auto_bind=True)
    uid = request.args["uid"]
    # ruleid: python-web-input-ldap
    connection.search(BASE, f"(&(objectClass=person)(uid={uid}))")
    # ok: python-web-input-ldap
    connection.search(BASE, f"(uid={escape_filter_chars(uid)})")
    # ok: python-web-input-ldap
    connection.search(BASE, "(objectClass=person)")
    # ruleid: python-web-input-ldap
    connection.search("uid=" + uid + "," + BASE, "(objectClass=person)")
    return str(connection.entries)
