import jinja2
from jinja2 import Environment, FileSystemLoader, select_autoescape
from mako.template import Template

# ruleid: python-template-escape-off
pages = Environment(loader=FileSystemLoader("pages"))
# ruleid: python-template-escape-off
open_pages = jinja2.Environment(autoescape=False, loader=FileSystemLoader("pages"))
# ruleid: python-template-escape-off
greeting = Template("Hello ${name}")

# ok: python-template-escape-off
safe_pages = Environment(loader=FileSystemLoader("pages"), autoescape=select_autoescape())
# ok: python-template-escape-off
safe_greeting = Template("Hello ${name}", default_filters=["h"])
