from browser_use import BrowserProfile
from playwright.async_api import async_playwright
from playwright.sync_api import sync_playwright
from selenium.webdriver.chrome.options import Options


async def read(url):
    async with async_playwright() as p:
        # ruleid: python-browser-sandbox-off
        browser = await p.chromium.launch(headless=True, args=["--no-sandbox"])
        page = await browser.new_page()
        await page.goto(url)
        return await page.content()


def crawl(folder):
    with sync_playwright() as p:
        # ruleid: python-browser-sandbox-off
        return p.chromium.launch_persistent_context(folder, args=["--lang=en", "--disable-web-security"])


def selenium_options():
    options = Options()
    # ruleid: python-browser-sandbox-off
    options.add_argument("--no-sandbox")
    # ok: python-browser-sandbox-off
    options.add_argument("--headless=new")
    return options


# ruleid: python-browser-sandbox-off
profile = BrowserProfile(disable_security=True)


def good(p, parser):
    # ok: python-browser-sandbox-off
    a = p.chromium.launch(headless=True, chromium_sandbox=True)
    # ok: python-browser-sandbox-off
    b = p.chromium.launch(args=["--disable-gpu"])
    # ok: python-browser-sandbox-off
    parser.add_argument("--no-sandbox", action="store_true", help="for CI only")
    # ok: python-browser-sandbox-off
    c = BrowserProfile(allowed_domains=["example.org"])
    # ok: python-browser-sandbox-off
    print("--no-sandbox is not allowed")
    return a, b, c


def firefox_for_diagrams(FirefoxOptions):
    firefox_options = FirefoxOptions()
    # ok: python-browser-sandbox-off
    firefox_options.add_argument("--no-sandbox")
    return firefox_options
