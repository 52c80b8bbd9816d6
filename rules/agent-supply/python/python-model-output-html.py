import html

import mistune
import nh3
import streamlit as st
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from google import genai
from markupsafe import Markup
from nicegui import ui
from openai import OpenAI

app = FastAPI()
client = OpenAI()
gemini_client = genai.Client()


@app.get("/answer")
def answer(question: str):
    reply = gemini_client.models.generate_content(model="m", contents=question)
    # ruleid: python-model-output-html
    return HTMLResponse(f"<p>{reply.text}</p>")


def chat(history):
    stream = client.chat.completions.create(model="m", messages=history, stream=True)
    shown = ""
    for chunk in stream:
        shown += chunk.choices[0].delta.content or ""
        # ruleid: python-model-output-html
        st.markdown(shown, unsafe_allow_html=True)
    # ok: python-model-output-html
    st.markdown(shown)
    # ok: python-model-output-html
    return Markup(html.escape(shown))


def cleaned(question):
    reply = client.responses.create(model="m", input=question).output_text
    # ok: python-model-output-html
    st.markdown(nh3.clean(reply), unsafe_allow_html=True)
    # ok: python-model-output-html
    st.markdown("<b>done</b>", unsafe_allow_html=True)


def document(question):
    reply = client.responses.create(model="m", input=question).output_text
    # ok: python-model-output-html
    text = mistune.html(reply)
    converter.add_html_to_document(text, report)
    # ok: python-model-output-html
    ui.html(reply, sanitize=nh3.clean)
    # ruleid: python-model-output-html
    ui.html(reply, sanitize=False)
    # ruleid: python-model-output-html
    return HTMLResponse(text)


def pictures(question):
    reply = client.responses.create(model="m", input=question)
    # ok: python-model-output-html
    st.markdown(f'<img src="data:{reply.mime_type};base64,{reply.data}" />', unsafe_allow_html=True)
    # ok: python-model-output-html
    st.markdown(reply.grounding_metadata.rendered_content, unsafe_allow_html=True)
    # ruleid: python-model-output-html
    st.markdown(f"<p>{reply.output_text}</p>", unsafe_allow_html=True)
