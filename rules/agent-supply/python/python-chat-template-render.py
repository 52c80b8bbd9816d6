import jinja2
from jinja2 import Environment, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment


def prompt(tokenizer, messages):
    # ruleid: python-chat-template-render
    return Template(tokenizer.chat_template).render(messages=messages)


def gguf_prompt(model, messages):
    # ruleid: python-chat-template-render
    template = jinja2.Environment(loader=jinja2.BaseLoader()).from_string(model.metadata["tokenizer.chat_template"])
    return template.render(messages=messages)


def cached(env, config, messages):
    # ruleid: python-chat-template-render
    return env.from_string(config["chat_template"]).render(messages=messages)


def generated(completion):
    # ruleid: python-chat-template-render
    return jinja2.Template(completion.choices[0].message.content).render()


def sandboxed(tokenizer, messages):
    env = ImmutableSandboxedEnvironment(trim_blocks=True)
    # ok: python-chat-template-render
    return env.from_string(tokenizer.chat_template).render(messages=messages)


def sandboxed_inline(tokenizer, messages):
    # ok: python-chat-template-render
    return ImmutableSandboxedEnvironment().from_string(tokenizer.chat_template).render(messages=messages)


def built_in(tokenizer, messages):
    # ok: python-chat-template-render
    return tokenizer.apply_chat_template(messages, tokenize=False)


def mail(name):
    # ok: python-chat-template-render
    return Template("Hello {{ name }}").render(name=name)


def page(env):
    # ok: python-chat-template-render
    return env.get_template("chat_template.html").render()


def report(source):
    # ok: python-chat-template-render
    return Environment(autoescape=True).from_string(source).render()


def fetched(response):
    # ok: python-chat-template-render
    return ByteStream.from_string(response.text)
