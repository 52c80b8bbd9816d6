import json

from openai import OpenAI
from playwright.sync_api import Page
from selenium.webdriver.remote.webdriver import WebDriver

client = OpenAI()


def next_step(goal):
    return json.loads(client.responses.create(model="m", input=goal).output_text)


def step(page: Page, goal):
    action = next_step(goal)
    # ruleid: python-model-output-browser-script
    page.evaluate(action["script"])


def click(driver: WebDriver, goal):
    selector = next_step(goal)["selector"]
    # ruleid: python-model-output-browser-script
    driver.execute_script("document.querySelector('" + selector + "').click()")


def fill(page: Page, goal):
    action = next_step(goal)
    # ok: python-model-output-browser-script
    page.evaluate("text => { document.title = text }", action["text"])
    # ok: python-model-output-browser-script
    page.evaluate("window.scrollBy(0, 500)")
