import logging

from openai import OpenAI

client = OpenAI()
logger = logging.getLogger(__name__)


def ask(prompt):
    answer = client.responses.create(model="gpt-5", input=prompt).output_text
    # ruleid: python-model-output-log
    logger.info(answer)
    # ruleid: python-model-output-log
    logging.warning("model said " + answer)
    # ok: python-model-output-log
    logger.info("model said " + repr(answer))
    # ok: python-model-output-log
    logger.info("got %d letters", len(answer))
    return answer
