// Whatever replaces a text can be undone, and files that are dropped anywhere are opened as they are.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { chooseCoreos } from "./boot.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { besideText, drop, dropFiles, editor, open, openBeside, problems, settles, text, write, writeBeside } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const MINE = "#cloud-config\nhostname: mine\n";
const notice = (page) => page.locator("#notice");
const undo = (page) => notice(page).getByRole("button", { name: "Undo" });

async function example(page, at) {
  await page.getByRole("button", { name: "Examples" }).click();
  await page.locator("#examples .menu-item").nth(at).click();
}

test("an example in place of a text is undone by a click, or by the editor", async () => {
  const { page } = await open(browser);
  await write(page, MINE);
  await example(page, 1);
  await notice(page).getByText("Opened an example instead of your text.").waitFor();
  assert.equal(await notice(page).getAttribute("role"), "status");
  await undo(page).click();
  await settles(() => text(page), MINE);
  assert.equal(await notice(page).innerText(), "");
  await example(page, 2);
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await settles(() => text(page), MINE);
  await settles(() => notice(page).innerText(), "");
});

test("one example after the other needs no word", async () => {
  const { page } = await open(browser);
  await example(page, 1);
  await example(page, 2);
  await settles(async () => (await text(page)).length > 100, true);
  assert.equal(await notice(page).innerText(), "");
});

test("the offer goes with the next change, and never takes that back", async () => {
  const { page } = await open(browser);
  await write(page, MINE);
  await drop(page, "#cloud-config\nhostname: dropped\n");
  await undo(page).waitFor();
  await editor(page).focus();
  await page.keyboard.insertText("# more\n");
  await settles(() => notice(page).innerText(), "");
});

test("all fixes at once are undone by a click", async () => {
  const { page } = await open(browser);
  const before = "# cloud-config\nhostnme: a\n";
  await write(page, before);
  await page.getByRole("button", { name: /^Fix all safe/ }).click();
  await notice(page).getByText(/^Fixed \d+ problems?\./).waitFor();
  assert.notEqual(await text(page), before);
  await undo(page).click();
  await settles(() => text(page), before);
});

test("the plain editor undoes examples, files and fixes by a click", async () => {
  const { page } = await open(browser, { wait: "textarea.plain", route: ["**/editor.js", (route) => route.abort()] });
  await page.getByRole("alert").getByText("plain one works").waitFor();
  const area = page.locator("textarea.plain");
  const typo = "#cloud-config\nhostnme: mine\n";
  await area.fill(typo);
  await settles(() => problems(page).count(), 1);
  await page.getByRole("button", { name: /^Try: / }).click();
  await settles(() => area.inputValue(), MINE);
  await undo(page).click();
  await settles(() => area.inputValue(), typo);
  await example(page, 1);
  await undo(page).click();
  await settles(() => area.inputValue(), typo);
  await dropFiles(page, "textarea.plain", [["a.yaml", MINE]]);
  await settles(() => area.inputValue(), MINE);
  await undo(page).click();
  await settles(() => area.inputValue(), typo);
});

test("Reset of the metadata and of the OEM config is undone by a click", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "CoreOS" }).check();
  await page.locator("#platform").selectOption("ec2-compat");
  for (const [tab, mine] of [["Metadata", '{"local-ipv4": "10.0.0.99"}'], ["OEM config", "#cloud-config\nhostname: oem\n"]]) {
    await openBeside(page, tab);
    // The example comes with the module of the view.
    await settles(async () => (await besideText(page)) !== "", true);
    await writeBeside(page, mine);
    await page.getByRole("button", { name: "Reset" }).click();
    await settles(async () => (await besideText(page)) !== mine, true);
    await undo(page).click();
    await settles(() => besideText(page), mine);
  }
});

test("a file is opened wherever it falls, and the browser does not open it in place of the page", async () => {
  const { page } = await open(browser);
  for (const selector of [".top", ".bottom", "#findings", ".tabs", "body"]) {
    const content = `#cloud-config\n# on ${selector}\nhostname: mine\n`;
    assert.deepEqual(await dropFiles(page, selector, [["a.yaml", content]]), [true, true], selector);
    await settles(() => text(page), content);
  }
  await dropFiles(page, "body", [["a.yaml", MINE], ["b.yaml", "b"], ["c.yaml", "c"]]);
  await notice(page).getByText("Opened a.yaml. The other 2 files were not opened.").waitFor();
});

test("in the Image view a file is one of the image's, unless it falls on the editor", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Image" }).click();
  await dropFiles(page, ".bottom", [["some.img", "not much of an image"]]);
  await page.locator(".given-file").getByText("some.img").waitFor();
  await dropFiles(page, ".rich", [["a.yaml", MINE]]);
  await settles(() => text(page), MINE);
});

test("a file that falls on the metadata is metadata", async () => {
  const { page } = await open(browser);
  const before = await text(page);
  await chooseCoreos(page);
  await page.locator("#platform").selectOption("ec2-compat");
  await openBeside(page, "Metadata");
  await dropFiles(page, "#other-panel .rich", [["m.json", '{"local-ipv4": "10.1.1.1"}']]);
  await settles(() => besideText(page), '{"local-ipv4": "10.1.1.1"}');
  await undo(page).click();
  await page.getByRole("tab", { name: "User-data" }).click();
  assert.equal(await text(page), before);
});

test("a file that is dropped before the app is there is opened when it comes", async () => {
  let come;
  const held = new Promise((resolve) => (come = resolve));
  const route = ["**/dryboot-web*.wasm", async (route) => (await held, route.continue())];
  const { page } = await open(browser, { wait: "textarea.plain", route });
  assert.deepEqual(await dropFiles(page, "body", [["a.yaml", MINE]]), [true, true]);
  come();
  await page.locator(".cm-content").waitFor();
  await settles(() => text(page), MINE);
});

test("without the app a dropped file is opened, too", async () => {
  const route = ["**/dryboot-web*.wasm", (route) => route.abort()];
  const { page } = await open(browser, { wait: "textarea.plain", route });
  await page.getByRole("alert").getByText("could not start completely").waitFor();
  await dropFiles(page, "body", [["a.yaml", MINE]]);
  await settles(() => page.locator("textarea.plain").inputValue(), MINE);
});

/** Runs in the page: notes what the linter is asked. */
function watchLinter() {
  globalThis.asked = [];
  const real = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message) {
    globalThis.asked.push([message[1], message[2] instanceof Uint8Array ? message[2].length : typeof message[2]]);
    real.call(this, message);
  };
}

test("gzip is shown as the text inside, said to be gzip, and checked byte by byte until it is changed", async () => {
  const { page, complaints } = await open(browser, { init: watchLinter });
  const bytes = gzipSync("#cloud-config\nhostnme: packed\n");
  await dropFiles(page, ".rich", [["user-data.gz", bytes]]);
  await settles(() => text(page), "#cloud-config\nhostnme: packed\n");
  await notice(page).getByText("Opened user-data.gz. It is compressed with gzip; this is the decompressed text.").waitFor();
  await settles(async () => (await page.locator("#taken-for .kind").allInnerTexts()), ["gzip", "cloud-config"]);
  const asked = (what) => page.evaluate((what) => globalThis.asked.filter(([name]) => name === what).at(-1), what);
  assert.deepEqual(await asked("lint_file"), ["lint_file", bytes.length]);
  await settles(async () => problems(page).locator(".place").first().innerText(), "2:1");
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.getByRole("tab", { name: "Boot" }).click();
  await page.locator(".verdict").waitFor();
  assert.deepEqual(await asked("preview_file"), ["preview_file", bytes.length]);
  await page.getByRole("tab", { name: /^Problems/ }).click();
  await page.getByRole("button", { name: /^Try: / }).click();
  await settles(() => text(page), "#cloud-config\nhostname: packed\n");
  await settles(() => page.locator("#taken-for .kind").allInnerTexts(), ["cloud-config"]);
  assert.deepEqual(complaints, []);
});

test("a damaged gzip stream is a problem, not a text", async () => {
  const { page } = await open(browser);
  const bytes = gzipSync("#cloud-config\nhostname: packed\n");
  await dropFiles(page, ".rich", [["broken.gz", bytes.subarray(0, bytes.length - 6)]]);
  await page.getByRole("button", { name: "broken-gzip" }).waitFor();
  await notice(page).getByText("Its gzip stream is damaged").waitFor();
});

test("a byte order mark and bytes that are not text are seen by the linter", async () => {
  const { page } = await open(browser);
  await dropFiles(page, ".rich", [["bom.yaml", "\ufeff#cloud-config\nhostname: web\n"]]);
  await settles(async () => (await problems(page).count()) > 0, true);
  await dropFiles(page, ".rich", [["latin1.yaml", Buffer.from("#cloud-config\nhostname: web\n# Zo\xeb\n", "latin1")]]);
  await notice(page).getByText("One byte is not valid UTF-8 and is shown as \ufffd.").waitFor();
  await settles(async () => (await problems(page).count()) > 0, true);
});

test("places in a file with Windows line breaks are where they are shown", async () => {
  const { page } = await open(browser);
  await dropFiles(page, ".rich", [["dos.yaml", "#cloud-config\r\n# x\r\nhostnme: web\r\n"]]);
  await settles(() => page.locator(".cm-lintRange-error").allInnerTexts(), ["hostnme"]);
  await page.getByRole("button", { name: /^Try: / }).click();
  await settles(() => text(page), "#cloud-config\n# x\nhostname: web\n");
});
