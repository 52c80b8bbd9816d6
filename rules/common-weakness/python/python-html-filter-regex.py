import html
import re


def clean(text):
    # ruleid: python-html-filter-regex
    return re.sub(r"<script[^>]*>.*?</script>", "", text, flags=re.S)


def strip(text):
    # ruleid: python-html-filter-regex
    return text.replace("<script>", "").replace("</b>", "")


def escaped(text):
    # ok: python-html-filter-regex
    return html.escape(text)


def words(text):
    # ok: python-html-filter-regex
    return re.sub(r"[^a-z]+", " ", text)
