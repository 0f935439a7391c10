// The menu of the text: links that carry it, files, and copies for other places.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";

import { linkTo, readLink } from "../../web/js/link.js";
import { accessibilityProblems, baseUrl, launch } from "./harness.mjs";
import { drop, open, settles, text, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Links of every version so far. They open for ever: none is changed or removed. */
const LINKS = JSON.parse(readFileSync(new URL("links.json", import.meta.url)));

const TEXT = "#cloud-config\nhostname: it's ${mine}\n";
const SECRET = "#cloud-config\nusers:\n  - name: core\n    passwd: opensesame17\n";

const status = (page) => page.locator("#file .menu-status");

async function menu(page) {
  await page.getByRole("button", { name: "File" }).click();
  await page.getByRole("button", { name: "Save as a file" }).waitFor();
}

/** Notes what the page copies. */
const noteCopies = () => {
  globalThis.copies = [];
  navigator.clipboard.writeText = async (text) => void globalThis.copies.push(text);
};

async function copied(page, name) {
  await page.getByRole("button", { name }).click();
  await settles(() => page.evaluate(() => globalThis.copies.length > 0), true);
  return page.evaluate(() => globalThis.copies.pop());
}

/** Opens a link as a new page. */
async function follow(page, link) {
  await page.goto("about:blank");
  await page.goto(`${baseUrl()}/${link}`);
  await page.locator("html[data-first-lint] .cm-content").waitFor();
}

test("a thousand texts survive the way through a link", async () => {
  let seed = 1;
  const random = (below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const characters = ["a", ":", "\n", "\r", " ", "#", "ä", "🚀", "\u202e", "\0", "\ud800", '"', "\\", "%", "&"];
  for (let round = 0; round < 1000; round += 1) {
    const text = Array.from({ length: random(300) }, () => characters[random(characters.length)]).join("");
    const choices = round % 2 ? { target: "debian-12", platform: "ec2", view: "boot" } : {};
    const link = await linkTo(text, choices);
    assert.match(link, /^#1=[\w-]*$/);
    assert.deepEqual(await readLink(link), { text, ...choices });
  }
});

test("links of earlier versions open for ever", async () => {
  for (const { link, ...carried } of LINKS) {
    assert.deepEqual(await readLink(link), carried);
  }
  const { page, complaints } = await open(browser, { wait: null });
  const [, { link, text: carried, target, platform }] = LINKS;
  await follow(page, link);
  await settles(() => text(page), carried);
  await settles(() => page.evaluate(() => document.querySelector("#target :checked").value), target);
  assert.equal(await page.locator("#platform").inputValue(), platform);
  await settles(() => page.locator("#view-tab-boot").getAttribute("aria-selected"), "true");
  for (const expected of [carried, "#cloud-config\nhostname: web\n"]) {
    await page.reload();
    await page.locator("html[data-first-lint] .cm-content").waitFor();
    await settles(() => text(page), expected);
    await write(page, "#cloud-config\nhostname: web\n");
    await settles(() => page.evaluate(() => sessionStorage.getItem("draft").includes("hostname")), true);
  }
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a link that is followed in an open page can be undone", async () => {
  const { page, complaints } = await open(browser);
  await write(page, TEXT);
  await page.evaluate((link) => (location.hash = link), LINKS[0].link);
  await settles(() => text(page), LINKS[0].text);
  await page.getByRole("button", { name: "Undo" }).click();
  await settles(() => text(page), TEXT);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("what is wrong with a link is said, and the page starts as always", async () => {
  const bomb = await linkTo("#".repeat(5_000_000));
  for (const [hash, words] of [
    ["#1=!!!!", "this link is damaged"],
    [LINKS[0].link.slice(0, -9), "this link is damaged"],
    [await linkTo("x").then((link) => link.replace("#1=", "#1=AAAA")), "this link is damaged"],
    [bomb, "the text in this link is too long"],
  ]) {
    const { page, complaints } = await open(browser, { wait: null });
    await follow(page, hash);
    await page.locator("#kept").getByText(words).waitFor();
    assert.match(await text(page), /^#cloud-config/);
    assert.deepEqual(complaints, []);
    await page.close();
  }
  const { page } = await open(browser, { wait: null });
  await follow(page, "#2=whatever");
  assert.equal(await page.locator("#kept").innerText(), "");
  await page.close();
});

test("a link is copied, goes to no server, and carries what is chosen", async () => {
  const { page, requests, complaints } = await open(browser, { init: noteCopies });
  await write(page, TEXT);
  await page.getByRole("radio", { name: "cloud-init" }).check();
  await menu(page);
  const link = await copied(page, "Copy a link to this text");
  const { text: carried, view, target } = await readLink(new URL(link).hash);
  assert.deepEqual([carried, view], [TEXT, "problems"]);
  assert.match(target, /^cloud-init/);
  await status(page).getByText("The link is copied.").waitFor();
  assert.equal(requests.some((request) => request.includes("#1=") || request.includes(new URL(link).hash.slice(3))), false);
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a secret is not put into a link without a warning", async () => {
  const { page } = await open(browser, { init: noteCopies });
  await write(page, SECRET);
  await menu(page);
  await page.getByRole("button", { name: "Copy a link to this text" }).click();
  await status(page).getByText("This text contains a secret: everybody who gets the link can read it.").waitFor();
  assert.deepEqual(await page.evaluate(() => globalThis.copies), []);
  const link = await copied(page, "Copy the link anyway");
  assert.equal((await readLink(new URL(link).hash)).text, SECRET);
  await page.close();
});

test("a text that is too long for a link is refused with a reason", async () => {
  const { page } = await open(browser, { init: noteCopies });
  const noise = Array.from({ length: 9000 }, (_, at) => ((at * 2654435761) % 4294967296).toString(36)).join("\n# ");
  await drop(page, `#cloud-config\n# ${noise}`);
  await menu(page);
  await page.getByRole("button", { name: "Copy a link to this text" }).click();
  await status(page).getByText("too long for a link").waitFor();
  assert.deepEqual(await page.evaluate(() => globalThis.copies), []);
  await page.close();
});

test("copies are what other places take", async () => {
  const { page, complaints } = await open(browser, { init: noteCopies });
  await write(page, TEXT);
  await menu(page);
  assert.equal(await copied(page, "Plain text"), TEXT);
  assert.equal(Buffer.from(await copied(page, /^Base64/), "base64").toString(), TEXT);
  assert.equal(gunzipSync(Buffer.from(await copied(page, "gzip, then base64"), "base64")).toString(), TEXT);
  assert.equal(await copied(page, "AWS command line"), "--user-data '#cloud-config\nhostname: it'\\''s ${mine}\n'");
  assert.equal(await copied(page, "Terraform"), "user_data = <<EOT\n#cloud-config\nhostname: it's $${mine}\nEOT\n");
  assert.match(await copied(page, "HTML with the editor"), /<dryboot-editor>/);
  await page.getByRole("button", { name: "Plain text 37 bytes" }).waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a text is saved as a file, and a file is opened", async () => {
  const { page, complaints } = await open(browser, { init: () => delete globalThis.showSaveFilePicker });
  await write(page, SECRET);
  await menu(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file" }).click()]);
  assert.equal(download.suggestedFilename(), "user-data.yaml");
  assert.equal(readFileSync(await download.path(), "utf8"), SECRET);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a file" }).click()]);
  await chooser.setFiles({ name: "mine.yaml", mimeType: "text/yaml", buffer: Buffer.from(TEXT) });
  await settles(() => text(page), TEXT);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a text is kept beyond the tab when that is wanted, and never one with a secret", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const { page } = await open(context);
  const kept = () => page.evaluate(() => localStorage.getItem("lasting-draft"));
  await write(page, "#cloud-config\nhostname: lasting\n");
  await menu(page);
  await page.getByLabel("Keep my text in this browser").check();
  await settles(async () => (await kept())?.includes("lasting") ?? false, true);
  const other = await context.newPage();
  await other.goto(baseUrl());
  await other.locator("html[data-first-lint] .cm-content").waitFor();
  await settles(() => text(other), "#cloud-config\nhostname: lasting\n");
  await other.close();
  await page.keyboard.press("Escape");
  await write(page, SECRET);
  await page.locator("#kept").getByText("contains a secret").waitFor();
  assert.doesNotMatch(await kept(), /opensesame/);
  await menu(page);
  await page.getByLabel("Keep my text in this browser").uncheck();
  assert.equal(await kept(), null);
  await context.close();
});
