"""Drives a page: the model says what to do next."""
import json

from openai import OpenAI
from playwright.sync_api import sync_playwright

client = OpenAI()


def next_action(page_text, goal):
    completion = client.chat.completions.create(
        model="gpt-4o",
        response_format={"type": "json_object"},
        messages=[{"role": "user", "content": f"Goal: {goal}\nPage: {page_text}\nReply with action, value."}],
    )
    return json.loads(completion.choices[0].message.content)


def browse(goal, start):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch()
        page = browser.new_page()
        page.goto(start)
        for _ in range(10):
            action = next_action(page.inner_text("body"), goal)
            match action["action"]:
                case "goto":
                    # finding: python-model-output-url
                    page.goto(action["value"])
                case "script":
                    # finding: python-model-output-browser-script
                    page.evaluate(action["value"])
                case "done":
                    return action["value"]
