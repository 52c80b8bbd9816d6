from browser_use import Browser, BrowserProfile

# ruleid: python-browser-agent-open
mine = BrowserProfile(user_data_dir="~/.config/google-chrome/Default")
# ruleid: python-browser-agent-open
loose = Browser(disable_security=True)


async def start(playwright):
    # ruleid: python-browser-agent-open
    await playwright.chromium.launch_persistent_context("/home/me/.config/chromium", headless=False)
    # ok: python-browser-agent-open
    await playwright.chromium.launch_persistent_context("/tmp/profile-17")


# ok: python-browser-agent-open
fresh = BrowserProfile(user_data_dir=None, allowed_domains=["docs.example.com"])
