// The Image view: files of any kind in, the verdict of the command out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { CASES, Folder, withCases } from "./files.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { open, pane, settles } from "./page.mjs";

const made = (...names) => names.map((name) => join(CASES, name));
const GOOD = ["data.bin", "ed25519-SHA256.sig", "ed25519.gpg"];
const SUPPLIED = "Signed by a key that you supplied";
const VERSION = "COREOS_BUILD=2023\nCOREOS_VERSION=2023.4.0\n";

let browser;
let folder;
before(async () => {
  folder = new Folder();
  browser = await launch();
});
after(async () => {
  await browser.close();
  folder.remove();
});

async function view(options) {
  const opened = await open(browser, options);
  await pane(opened.page, "Results");
  await opened.page.getByRole("tab", { name: "Verify image" }).click();
  return opened;
}

const choose = (page, files) => page.getByLabel("Files", { exact: true }).and(page.locator("input")).setInputFiles(files);
const verdict = (page) => page.locator(".verdict-word");
const rows = (page) => page.locator(".given .given-name").allInnerTexts();

/** Drops files on the view, as `[name, text in base64]`. */
function drop(page, files) {
  return page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of files) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    const target = document.querySelector(".verifying > *");
    const init = { dataTransfer, bubbles: true, cancelable: true };
    target.dispatchEvent(new DragEvent("dragover", init));
    target.dispatchEvent(new DragEvent("drop", init));
  }, files);
}

test("the verdict comes as soon as image, signature and key are there, in any order", withCases, async () => {
  const { page, requests, complaints } = await open(browser);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(requests.filter((request) => request.includes("openpgp")), []);
  const loaded = requests.length;
  await page.getByRole("tab", { name: "Image" }).click();
  assert.equal(requests.length, loaded, "the module is not loaded before there is a file");
  await choose(page, made("ed25519.gpg"));
  await page.locator(".certificate").waitFor();
  assert.deepEqual((await rows(page)).slice(0, 2), ["Image missing", "Signature missing"]);
  await choose(page, made("data.bin", "ed25519-SHA256.sig"));
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
  assert.match(await page.locator(".signature").innerText(), /^Supplied key\s+The signature matches the file; nobody has checked whose key made it[^]*Signer[^]*SHA-256/);
  await page.waitForLoadState("networkidle");
  const later = requests.slice(loaded).map((request) => /\/([^/ ]+) $/.exec(request)?.[1]);
  assert.deepEqual(later.sort(), ["dryboot-wasm-openpgp_bg.wasm", "openpgp-worker.js"]);
  assert.deepEqual(complaints, []);
  assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
});

test("files can be dropped, all at once", withCases, async () => {
  const { page } = await view();
  await drop(page, GOOD.map((name) => [name, readFileSync(join(CASES, name), "base64")]));
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
});

test("an answer that comes twice begins nothing anew", withCases, async () => {
  const askTwice = () => {
    globalThis.verifications = 0;
    const real = globalThis.Worker;
    globalThis.Worker = class extends real {
      postMessage(message) {
        super.postMessage(message);
        if (message[1] === "sort") setTimeout(() => super.postMessage(message), 300);
        if (message[1] === "verify") globalThis.verifications++;
      }
    };
  };
  const { page } = await view({ init: askTwice });
  await choose(page, made(...GOOD));
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
  await page.waitForTimeout(600);
  assert.deepEqual(await verdict(page).allInnerTexts(), [SUPPLIED]);
  assert.equal(await page.evaluate(() => globalThis.verifications), 1);
});

test("a key that is merely supplied is not called good before its fingerprint is compared", withCases, async () => {
  const { page } = await view();
  await choose(page, made(...GOOD));
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
  const outcome = page.locator(".outcome");
  assert.equal(await outcome.locator(".verdict.good, .signature.good, .icon-done").count(), 0, "nothing is green");
  const [fingerprint] = await outcome.locator(".compare-keys .fingerprint").allInnerTexts();
  assert.match(fingerprint, /^([0-9A-F]{4} ){9}[0-9A-F]{4}$/);
  assert.match(await outcome.innerText(), /has checked whose key this is\. Compare its fingerprint/);
  assert.doesNotMatch(await outcome.innerText(), /--fingerprint/, "a page has no options of a command");
  await settles(() => page.locator("#status").innerText(), `${SUPPLIED}: data.bin`);
  await page.getByRole("button", { name: "It is the same" }).click();
  await settles(() => verdict(page).allInnerTexts(), ["Good"]);
  assert.equal(await page.locator(".compare-keys").count(), 0);
  await page.getByText("Options", { exact: true }).click();
  assert.equal(await page.getByLabel("Only these keys").inputValue(), fingerprint.replaceAll(" ", ""));
  await page.getByLabel("Only these keys").fill("");
  await page.keyboard.press("Enter");
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
});

test("a key can be pasted", withCases, async () => {
  const { page } = await view();
  await choose(page, made("data.bin", "ed25519-SHA256.sig"));
  await page.getByRole("button", { name: "Paste a key" }).click();
  await page.keyboard.insertText(readFileSync(join(CASES, "ed25519.asc"), "utf8"));
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
  assert.equal(await page.locator(".paste").count(), 0);
  assert.match((await rows(page)).at(-1), /pasted key/);
});

test("what is bad is said to be, with what to do", withCases, async () => {
  const { page } = await view();
  await choose(page, made("changed.bin", "ed25519-SHA256.sig", "ed25519.gpg"));
  await settles(() => verdict(page).allInnerTexts(), ["Not good"]);
  const words = await page.locator(".signature").innerText();
  assert.match(words, /^Bad\b[^]*has been changed[^]*Claims to be by[^]*download it and its signature again/i);
  // The right image takes the place of the wrong one.
  await choose(page, made("data.bin"));
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
  await page.getByRole("button", { name: "Remove ed25519.gpg" }).click();
  await settles(() => verdict(page).count(), 0);
  await choose(page, made("rsa2048.gpg"));
  await settles(() => verdict(page).allInnerTexts(), ["Not good"]);
  assert.match(await page.locator(".signature").innerText(), /^Key missing/);
});

test("SHA-1 is accepted when somebody says so", withCases, async () => {
  const { page } = await view();
  await choose(page, made("data.bin", "rsa2048-SHA1.sig", "rsa2048.gpg"));
  await settles(() => verdict(page).allInnerTexts(), ["Not good"]);
  assert.match(await page.locator(".signature").innerText(), /^Weak/);
  await page.getByRole("button", { name: "Accept SHA-1" }).click();
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
  await page.getByText("Options", { exact: true }).click();
  assert.equal(await page.getByRole("checkbox").isChecked(), true);
  await page.getByRole("checkbox").uncheck();
  await settles(() => verdict(page).allInnerTexts(), ["Not good"]);
  await page.getByLabel("Policy as of").fill("2012-01-01");
  await page.keyboard.press("Enter");
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
});

test("keys can be asked for, and counted", withCases, async () => {
  const { page } = await view();
  await choose(page, made(...GOOD));
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
  await page.getByText("Options", { exact: true }).click();
  await page.getByLabel("Keys that must have signed").fill("2");
  await page.keyboard.press("Enter");
  await settles(() => verdict(page).allInnerTexts(), ["Not good"]);
  assert.match(await page.locator(".verdict-about").innerText(), /signed by 1 of 2 keys/);
  await page.getByLabel("Keys that must have signed").fill("1");
  await page.getByLabel("Only these keys").fill("AB".repeat(20));
  await page.keyboard.press("Enter");
  await settles(() => page.locator(".signature-state").allInnerTexts(), ["Not selected"]);
  assert.match(await page.locator(".recognition").innerText(), /is not named by/);
  assert.match(await page.locator(".outcome .notes").last().innerText(), /The key ABAB.* is not in a keyring/i);
  await page.getByLabel("Only these keys").fill("1234");
  await page.keyboard.press("Enter");
  assert.match(await page.getByRole("alert").filter({ hasText: "fingerprint" }).innerText(), /^1234 has 4 digits, but a fingerprint has 40/);
});

test("version.txt proves nothing about the image, and is verified itself when the signature is named after it", withCases, async () => {
  const { page } = await view();
  await choose(page, [...made(...GOOD), folder.file("version.txt", VERSION)]);
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
  await page.getByRole("button", { name: "Remove data.bin" }).click();
  await settles(async () => (await rows(page))[0], "Image missing");
  const signature = folder.file("version.txt.sig", readFileSync(join(CASES, "ed25519-SHA256.sig")));
  await choose(page, [signature]);
  await settles(() => verdict(page).allInnerTexts(), ["Not good"]);
  assert.match((await rows(page))[0], /^Image version\.txt/);
});

test("a private key is refused and not read on", withCases, async () => {
  const { page } = await view();
  await choose(page, made("secret.asc"));
  assert.match(await page.locator(".given.refused").innerText(), /^Not used secret\.asc[^]*private key/);
  assert.deepEqual((await rows(page)).slice(0, 3), ["Image missing", "Signature missing", "Key missing"]);
});

test("a large image shows how far it is, and can be cancelled", withCases, async () => {
  const { page } = await view();
  await choose(page, [folder.sparse("endless.bin", 100e9), ...made("ed25519-SHA256.sig", "ed25519.gpg")]);
  const words = page.locator(".reading-words");
  await settles(async () => /^\d.* MB of 100 GB · \d+ [KMG]B\/s · .* left$/.test(await words.innerText()), true);
  assert.ok(await page.getByRole("progressbar", { name: "Verifying" }).evaluate((bar) => bar.value > 0));
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Cancelled: there is no verdict.").waitFor();
  await page.getByRole("button", { name: "Verify again" }).click();
  await words.waitFor();
  await page.getByText("Options", { exact: true }).click();
  const keys = page.getByLabel("Only these keys");
  await keys.pressSequentially("ABCD", { delay: 100 });
  assert.equal(await keys.inputValue(), "ABCD", "what is written stays while the view is drawn");
  await keys.fill("");
  // Other files stop it, too.
  await choose(page, made("data.bin"));
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
});

test("without its module, the view says so and tries again", withCases, async () => {
  let isBlocked = true;
  const { page } = await view({ route: [/openpgp-worker\.js/, (route) => (isBlocked ? route.abort() : route.continue())] });
  await choose(page, made(...GOOD));
  await page.getByRole("alert").filter({ hasText: "could not be loaded" }).waitFor();
  isBlocked = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
});

test("everything can be reached by keyboard", withCases, async () => {
  const { page } = await open(browser);
  // Long before the dialog: it is caught only once the browser knows that somebody waits.
  const chooser = page.waitForEvent("filechooser");
  const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
  await page.getByRole("tab", { name: /^Problems/ }).focus();
  await page.keyboard.press("End");
  await page.locator(".welcome").waitFor();
  assert.equal(await label(), "Verify image");
  await page.keyboard.press("Tab");
  assert.equal(await label(), "Choose files");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(made(...GOOD));
  await verdict(page).waitFor();
  assert.equal(await label(), "Choose files", "the focus stays");
  await page.keyboard.press("Tab");
  assert.equal(await label(), "Paste a key");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "textarea");
  await page.keyboard.press("Tab");
  assert.equal(await label(), "Options");
  await page.getByRole("button", { name: "Remove ed25519.gpg" }).focus();
  await page.keyboard.press("Enter");
  await settles(() => verdict(page).count(), 0);
});

const SCREENS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
};

for (const [name, screen] of Object.entries(SCREENS)) {
  test(`axe finds nothing wrong (${name})`, withCases, async () => {
    const { page } = await view(screen);
    assert.deepEqual(await accessibilityProblems(page), [], "empty");
    await page.getByRole("button", { name: "Paste a key" }).click();
    assert.deepEqual(await accessibilityProblems(page), [], "pasting");
    await choose(page, [...made("data.bin", "rsa2048-SHA1.sig", "rsa2048.gpg", "look-alike.gpg", "secret.asc"), folder.file("version.txt", VERSION)]);
    await verdict(page).waitFor();
    await page.getByText("Options", { exact: true }).click();
    assert.deepEqual(await accessibilityProblems(page), [], "weak");
    await page.getByRole("button", { name: "Accept SHA-1" }).click();
    await settles(() => verdict(page).allInnerTexts(), [SUPPLIED]);
    assert.deepEqual(await accessibilityProblems(page), [], "good");
    await choose(page, [folder.sparse("endless.bin", 100e9)]);
    await page.locator(".reading").waitFor();
    assert.deepEqual(await accessibilityProblems(page), [], "reading");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    const panel = page.locator("#view-panel");
    assert.equal(await panel.evaluate((panel) => panel.scrollWidth > panel.clientWidth), false);
  });
}
