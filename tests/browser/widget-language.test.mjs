// The language of <dryboot-editor>: its own, that of what it is in, or the browser's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibilityProblems, launch } from "./harness.mjs";
import { page as html, Site, STRICT } from "./host.mjs";
import { settles } from "./page.mjs";

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await Site.start({});
});
after(async () => {
  await browser.close();
  site.close();
});

const BAD = "#cloud-config&#10;hostnme: web&#10;";
const editor = (attributes) => `<dryboot-editor block="error" value="${BAD}" ${attributes}></dryboot-editor>`;

/** Opens a page with this body. `lang` is that of the whole page. */
async function open(body, { lang = "", ...context } = {}) {
  site.set("/form", [html(body).replace(/<html[^>]*>/, `<html ${lang}>`), STRICT]);
  const page = await browser.newPage({ locale: "en-US", ...context });
  await page.goto(`${site.url}/form`);
  return page;
}

const message = (page, id) => page.evaluate((id) => document.getElementById(id).validationMessage, id);
const GERMAN = /^Zuerst 1 Fehler beheben\. Zeile 2:1: unknown key/;
const ENGLISH = /^Fix 1 error first\. Line 2:1: unknown key/;
const says = (page, id, expected) => settles(async () => expected.test(await message(page, id)), true);

test("an element speaks its own language, or that of what it is in, or the browser's", async () => {
  const page = await open(`${editor('id="own" lang="de-CH"')}<div lang="de">${editor('id="inside"')}</div>${editor('id="browser"')}`);
  await says(page, "own", GERMAN);
  await says(page, "inside", GERMAN);
  await says(page, "browser", ENGLISH);
  const german = await open(editor('id="it"'), { locale: "de-DE" });
  await says(german, "it", GERMAN);
  const inEnglish = await open(editor('id="it"'), { locale: "de-DE", lang: 'lang="en"' });
  await says(inEnglish, "it", ENGLISH);
});

test("everything is labelled anew when the language changes, and the text stays", async () => {
  const page = await open(editor('id="it" max-bytes="16384"'), { lang: 'lang="en"' });
  await says(page, "it", ENGLISH);
  await page.locator("#it .plain").focus();
  await page.locator("#it .cm-content").waitFor();
  await page.keyboard.type("# mine\n");
  const value = () => page.evaluate(() => document.getElementById("it").value);
  await settles(async () => (await value()).includes("# mine"), true);
  await page.evaluate(() => (document.documentElement.lang = "de"));
  await page.getByText("Bytes", { exact: false }).getByText(/^\d+ von 16\.384 Bytes$/).waitFor();
  assert.equal(await page.locator("#it .root").getAttribute("lang"), "de");
  assert.ok((await value()).includes("# mine"));
  await page.locator("#it .cm-content").focus();
  await page.keyboard.press("ControlOrMeta+F");
  await page.getByPlaceholder("Suchen").waitFor();
  await page.evaluate(() => (document.getElementById("it").lang = "en"));
  await page.getByText(/^\d+ of 16,384 bytes$/).waitFor();
});

test("axe finds nothing wrong with it in German", async () => {
  const page = await open(`${editor('id="it" aria-label="User-data"')}`, { lang: 'lang="de"' });
  await says(page, "it", GERMAN);
  assert.deepEqual(await accessibilityProblems(page), []);
});
