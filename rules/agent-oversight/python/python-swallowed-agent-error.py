import logging
import time

import openai
from agents import Runner

client = openai.OpenAI()
log = logging.getLogger(__name__)


def run_generated(code):
    # ruleid: python-swallowed-agent-error
    try:
        exec(code, {"__builtins__": {}})
    except Exception:
        pass


def ask(prompt):
    # ruleid: python-swallowed-agent-error
    try:
        response = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])
        return response.choices[0].message.content
    except:
        return None


def ask_all(prompts):
    answers = []
    for prompt in prompts:
        # ruleid: python-swallowed-agent-error
        try:
            answers.append(client.responses.create(model="gpt-5", input=prompt).output_text)
        except Exception as e:
            continue
    return answers


async def step(agent, text):
    # ruleid: python-swallowed-agent-error
    try:
        result = await Runner.run(agent, text)
    except BaseException:
        return
    return result.final_output


def tools(session, name, arguments):
    # ruleid: python-swallowed-agent-error
    try:
        return session.call_tool(name, arguments)
    except Exception as error:
        return None


def narrow(prompt):
    # ok: python-swallowed-agent-error
    try:
        return client.responses.create(model="gpt-5", input=prompt)
    except openai.RateLimitError:
        pass
    time.sleep(1)


def logged(code):
    # ok: python-swallowed-agent-error
    try:
        exec(code)
    except Exception:
        log.exception("generated code failed")


def reraised(prompt):
    # ok: python-swallowed-agent-error
    try:
        return client.responses.create(model="gpt-5", input=prompt)
    except Exception as e:
        raise RuntimeError("model call failed") from e


def optional_import():
    # ok: python-swallowed-agent-error
    try:
        import readline
    except Exception:
        pass


def close(connection):
    # ok: python-swallowed-agent-error
    try:
        connection.close()
    except Exception:
        pass


def query(cursor, regex, text):
    # ok: python-swallowed-agent-error
    try:
        cursor.execute("SELECT 1")
        regex.exec(text)
    except Exception:
        pass
