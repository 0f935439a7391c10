// The editor in a frame: what page and frame tell each other, and what they take from nobody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { launch } from "./harness.mjs";
import { Site } from "./host.mjs";
import { settles } from "./page.mjs";

const DIST = fileURLToPath(new URL("../../npm/dist", import.meta.url));

let browser;
let host;
let stranger;
let frames;
let folder;
before(async () => {
  browser = await launch();
  host = await Site.start({});
  stranger = await Site.start({});
  folder = mkdtempSync(join(tmpdir(), "dryboot-frame-"));
  cpSync(DIST, folder, { recursive: true });
  const page = join(folder, "frame.html");
  writeFileSync(page, readFileSync(page, "utf8").replace('name="dryboot-origins" content=""', `name="dryboot-origins" content="${host.url}"`));
  frames = await Site.start({}, { "/frames/": folder });
});
after(async () => {
  await browser.close();
  [host, stranger, frames].forEach((site) => site.close());
  rmSync(folder, { recursive: true });
});

/** A page that allows no WebAssembly, and has the editor in a frame. */
async function open(site) {
  const html = `<!doctype html><html lang="en"><title>Host</title><iframe title="User-data" src="${frames.url}/frames/frame.html"></iframe><script type="module" src="/script.js"></script>`;
  site.set("/", [html, `default-src 'none'; script-src 'self'; frame-src ${frames.url}; style-src 'self'`]);
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.evaluate(async () => {
    const { connect } = await import("/dryboot/frame.js");
    globalThis.told = [];
    const note = (name) => (what) => globalThis.told.push([name, what]);
    globalThis.connection = connect(document.querySelector("iframe"), {
      value: "#cloud-config\nhostnme: web\n",
      block: "error",
      onReady: note("ready"),
      onChange: note("change"),
      onReport: note("report"),
      onValidity: note("validity"),
    });
  });
  return page;
}

const last = (page, name) => page.evaluate((name) => globalThis.told.findLast(([it]) => it === name)?.[1] ?? null, name);

test("page and frame work together, whatever the page's policy says", async () => {
  const page = await open(host);
  await settles(async () => (await last(page, "report"))?.errors, 1);
  await settles(async () => /^Fix 1 error first/.test(await last(page, "validity")), true);
  const editor = page.frameLocator("iframe").locator("dryboot-editor");
  await page.evaluate(() => globalThis.connection.set({ value: "#cloud-config\n" }));
  await page.evaluate(() => globalThis.connection.focus());
  await editor.locator(".cm-content").waitFor();
  await editor.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("hostname: web");
  await settles(() => page.evaluate(() => globalThis.connection.value), "#cloud-config\nhostname: web");
  assert.equal(await last(page, "change"), "#cloud-config\nhostname: web");
  await settles(() => last(page, "validity"), "");
  assert.ok(await page.evaluate(() => document.querySelector("iframe").clientHeight > 250));
  await assert.rejects(page.evaluate(() => globalThis.connection.set({ valeu: "" })), /`valeu` is not an option/);
  await page.close();
});

test("a page that is not on the list gets no answer", async () => {
  const page = await open(stranger);
  await page.frameLocator("iframe").locator("dryboot-editor .plain").waitFor();
  await page.waitForTimeout(1000);
  assert.deepEqual(await page.evaluate(() => globalThis.told), []);
  assert.equal(await page.frameLocator("iframe").locator(".plain").inputValue(), "");
  await page.close();
});

test("hostile messages change nothing, on either side", async () => {
  const page = await open(host);
  await settles(async () => (await last(page, "report"))?.partial, false);
  const told = await page.evaluate(() => globalThis.told.length);
  await page.evaluate((origin) => {
    const frame = document.querySelector("iframe").contentWindow;
    const hostile = [
      null,
      "set",
      { dryboot: 1 },
      { dryboot: 2, type: "set", session: "x", content: { value: "evil" } },
      { dryboot: 1, type: "set", session: "guessed", content: { value: "evil" } },
      { dryboot: 1, type: "constructor", session: "x", content: {} },
      { dryboot: 1, type: "set", session: "x", content: null },
      { dryboot: 1, type: "hello", session: 5, content: { value: "evil" } },
      { dryboot: 1, type: "__proto__", session: "x", content: { value: "evil" } },
    ];
    hostile.forEach((message) => frame.postMessage(message, origin));
    // The page hears only its frame.
    hostile.forEach((message) => postMessage(message, "*"));
    const session = "x";
    postMessage({ dryboot: 1, type: "change", session, content: "evil" }, "*");
  }, frames.url);
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => globalThis.told.length), told);
  assert.equal(await page.evaluate(() => globalThis.connection.value), "#cloud-config\nhostnme: web\n");
  assert.equal(await page.frameLocator("iframe").locator(".plain").inputValue(), "#cloud-config\nhostnme: web\n");
  // Wrong types, and names that are not settings, are left out; the rest counts.
  await page.evaluate((origin) => {
    const frame = document.querySelector("iframe").contentWindow;
    frame.postMessage({ dryboot: 1, type: "hello", session: "mine", content: { value: 5, innerHTML: "<b>", __proto__: { x: 1 }, theme: "dark" } }, origin);
  }, frames.url);
  const editor = page.frameLocator("iframe").locator("dryboot-editor");
  await settles(() => editor.getAttribute("theme"), "dark");
  assert.equal(await editor.locator(".plain").inputValue(), "#cloud-config\nhostnme: web\n");
  await page.close();
});
