// The page and the element in Firefox, by WebDriver BiDi: what is different there is the engine, so each part is tried once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

import { CASES, withCases } from "./files.mjs";
import { baseUrl } from "./harness.mjs";
import { page as html, Site, STRICT } from "./host.mjs";
import { settles } from "./page.mjs";

const FIREFOX = process.env.FIREFOX;
const where = { skip: FIREFOX ? false : "Firefox is not installed", timeout: 120_000 };

let browser;
let site;
before(async () => {
  site = await Site.start({});
  browser = FIREFOX && (await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true }));
});
after(async () => {
  await browser?.close();
  site.close();
});

const FORM = `<form method="post" action="/launch"><label for="it">User-data</label>
  <dryboot-editor id="it" name="user_data" block="error" encode="gzip-base64"></dryboot-editor><button>Launch</button></form>`;

test("the element: typed, stopped, fixed and submitted, under the strictest policy", where, async () => {
  site.set("/form", [html(FORM), STRICT]);
  const page = await browser.newPage();
  await page.goto(`${site.url}/form`);
  await page.evaluate(() => document.getElementById("it").focus());
  await page.waitForFunction(() => document.getElementById("it").shadowRoot.querySelector(".rich")?.shadowRoot.querySelector(".cm-content"));
  await page.evaluate(() => document.getElementById("it").focus());
  await page.keyboard.type("#cloud-config\nhostnme: web");
  await settles(() => page.evaluate(() => document.getElementById("it").value), "#cloud-config\nhostnme: web");
  assert.equal(await page.evaluate(async () => (await document.getElementById("it").lint()).summary.errors), 1);
  assert.match(await page.evaluate(() => document.getElementById("it").validationMessage), /^Fix 1 error first/);
  await page.click("form > button");
  assert.equal(site.submitted.length, 0);
  await page.evaluate(() => document.getElementById("it").shadowRoot.querySelector("button.fix").click());
  await page.evaluate(() => document.getElementById("it").lint());
  assert.equal(await page.evaluate(() => document.getElementById("it").checkValidity()), true);
  await Promise.all([page.waitForNavigation(), page.click("form > button")]);
  const bytes = Buffer.from(site.submitted.at(-1).get("user_data"), "base64");
  assert.deepEqual([...bytes.subarray(0, 2)], [0x1f, 0x8b]);
  await page.close();
});

test("the page: its first lint, the editor and the Boot view", where, async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`${baseUrl()}/`);
  await page.waitForSelector("html[data-first-lint] .rich", { timeout: 60_000 });
  await page.waitForSelector(".problem.error");
  await page.click('#target input[value="flatcar"]');
  await page.waitForSelector("#view-tab-boot:enabled");
  await settles(() => page.evaluate(() => document.querySelector("#target :checked").value), "flatcar");
  await page.click("#view-tab-boot");
  await page.waitForSelector('#view-tab-boot[aria-selected="true"]');
  await page.waitForFunction(() => document.querySelector("#view-panel")?.innerText.includes("Stages"), { timeout: 60_000 });
  assert.deepEqual(complaints, []);
  await page.close();
});

test("an image: its signature is verified, and one that does not match is refused", { ...where, skip: where.skip || withCases.skip }, async () => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  const verdict = () => page.evaluate(() => document.querySelector(".verdict-word")?.innerText);
  const verify = async (...names) => {
    await page.goto(`${baseUrl()}/`);
    // The app replaces what was there before it.
    await page.waitForSelector("html[data-first-lint] .rich", { timeout: 60_000 });
    await page.click("#view-tab-image");
    const input = await page.waitForSelector(".verifying input[type=file]");
    await input.uploadFile(...names.map((name) => join(CASES, name)));
  };
  await verify("data.bin", "ed25519-SHA256.sig", "ed25519.gpg");
  await settles(verdict, "Signed by a key that you supplied");
  await verify("changed.bin", "ed25519-SHA256.sig", "ed25519.gpg");
  await settles(verdict, "Not good");
  assert.deepEqual(complaints, []);
  await page.close();
});
