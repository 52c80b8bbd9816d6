import puppeteer from "puppeteer";
import { _electron as electron, chromium } from "playwright";

export async function open(url: string) {
  // ruleid: js-browser-sandbox-off
  const browser = await puppeteer.launch({ headless: true, args: ["--no-sandbox", "--disable-setuid-sandbox"] });
  const page = await browser.newPage();
  await page.goto(url);
  return page.evaluate(() => document.title);
}

export async function crawl(dir: string) {
  // ruleid: js-browser-sandbox-off
  const one = await chromium.launch({ args: ["--disable-gpu", "--no-sandbox"] });
  // ruleid: js-browser-sandbox-off
  const two = await chromium.launchPersistentContext(dir, { args: ["--disable-web-security"] });
  // ruleid: js-browser-sandbox-off
  const three = await chromium.launch({ chromiumSandbox: false });
  return [one, two, three];
}

export async function good() {
  // ok: js-browser-sandbox-off
  const one = await puppeteer.launch({ headless: true });
  // ok: js-browser-sandbox-off
  const two = await puppeteer.launch({ args: ["--disable-gpu", "--lang=en"] });
  // ok: js-browser-sandbox-off
  const three = await chromium.launch({ chromiumSandbox: true });
  // ok: js-browser-sandbox-off
  console.log("do not pass --no-sandbox");
  // ok: js-browser-sandbox-off
  const four = rocket.launch({ args: ["--now"] });
  // ok: js-browser-sandbox-off
  const app = await electron.launch({ executablePath: "app", args: ["--no-sandbox"] });
  // ok: js-browser-sandbox-off
  const denied = ["--no-sandbox"];
  return [one, two, three, four, app, denied];
}
