"""Drives a page of one shop: the model says what to do next."""
import json
from urllib.parse import urlsplit

from openai import OpenAI
from playwright.sync_api import sync_playwright

client = OpenAI()
ALLOWED_HOSTS = {"shop.example.com", "help.example.com"}


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
                    url = action["value"]
                    if urlsplit(url).hostname not in ALLOWED_HOSTS:
                        raise PermissionError(url)
                    page.goto(url)
                case "scroll":
                    page.evaluate("window.scrollBy(0, 600)")
                case "done":
                    return action["value"]
