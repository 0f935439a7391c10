// Everything by keyboard, and the focus where it is expected.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boot, chooseCoreos, effect, openOem } from "./boot.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { cursor, editor, goTo, open, openBeside, problems, settles, text, write, writeBeside } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const THREE = "#cloud-config\nhostnme: a\nwrite-filez: b\nunitz: c\n";

/** What has the focus: its words, or the name of the editor. */
const focused = (page) =>
  page.evaluate(() => {
    const deep = (root) => (root.activeElement?.shadowRoot ? deep(root.activeElement.shadowRoot) : root.activeElement);
    const it = deep(document);
    return it.ariaLabel ?? it.innerText;
  });

async function openWith(config) {
  const opened = await open(browser);
  await write(opened.page, config);
  await opened.page.waitForFunction(() => document.querySelector("#taken-for .kind"));
  return opened;
}

test("Tab goes from a problem that was reached by arrow keys to its rule and its fix", async () => {
  const { page } = await openWith(THREE);
  await settles(() => problems(page).count(), 3);
  await goTo(problems(page).first()).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "unknown-key");
  const isOfSecond = await problems(page).nth(1).evaluate((item) => item.contains(document.activeElement));
  assert.ok(isOfSecond);
  await page.keyboard.press("Tab");
  assert.match(await focused(page), /^Try: .*write_files/);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  assert.match(await focused(page), /write-filez/);
});

test("after a fix the focus is at the next problem, and after the last one at the tab", async () => {
  const { page } = await openWith("#cloud-config\nhostnme: a\nrun_cmd: [b]\n");
  await settles(() => problems(page).count(), 2);
  const fix = () => problems(page).first().getByRole("button", { name: /^(Try|Fix): / });
  await fix().focus();
  await page.keyboard.press("Enter");
  await settles(() => problems(page).count(), 1);
  assert.match(await focused(page), /run_cmd/);
  await fix().focus();
  await page.keyboard.press("Enter");
  await settles(() => problems(page).count(), 0);
  assert.match(await focused(page), /^Problems/);
});

test("after all fixes the focus is at the tab, after Undo in the text", async () => {
  const { page } = await openWith("# cloud-config\nhostnme: a\n");
  await page.getByRole("button", { name: /^Fix all safe/ }).focus();
  await page.keyboard.press("Enter");
  await settles(async () => (await text(page)).startsWith("#cloud-config"), true);
  assert.match(await focused(page), /^Problems/);
  await page.locator("#notice").getByRole("button", { name: "Undo" }).focus();
  await page.keyboard.press("Enter");
  await settles(() => focused(page), "User-data");
});

test("Reset, Undo and Dismiss leave the focus in the text that they are about", async () => {
  const { page } = await open(browser);
  await chooseCoreos(page);
  await page.locator("#platform").selectOption("ec2-compat");
  await openOem(page);
  await writeBeside(page, "#cloud-config\nhostname: oem\n");
  await page.getByRole("button", { name: "Reset" }).focus();
  await page.keyboard.press("Enter");
  await settles(() => focused(page), "OEM config");
  await page.locator("#notice").getByRole("button", { name: "Undo" }).focus();
  await page.keyboard.press("Enter");
  await settles(() => focused(page), "OEM config");
  await page.getByRole("button", { name: "Reset" }).click();
  await page.locator("#notice").getByRole("button", { name: "Dismiss" }).focus();
  await page.keyboard.press("Enter");
  await settles(() => focused(page), "OEM config");
});

test("a file that is removed leaves the focus at its neighbour, a key that was pasted at its button", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Verify image" }).click();
  const file = (name) => ({ name, mimeType: "", buffer: Buffer.from(name) });
  const input = page.getByLabel("Files", { exact: true }).and(page.locator("input"));
  await input.setInputFiles([file("a.bin")]);
  await page.locator(".given-file").waitFor();
  const paste = page.getByRole("button", { name: "Paste a key" });
  await paste.click();
  const key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n";
  await page.getByRole("textbox", { name: /public key/ }).fill(key);
  await settles(() => focused(page), "Paste a key");
  await settles(() => page.locator(".given .square").count(), 2);
  await page.getByRole("button", { name: /^Remove/ }).first().focus();
  await page.keyboard.press("Enter");
  await settles(() => page.locator(".given .square").count(), 1);
  assert.match(await focused(page), /^Remove/);
  await page.keyboard.press("Enter");
  await settles(() => page.locator(".given .square").count(), 0);
  assert.equal(await focused(page), "Choose files");
});

test("a failure that is taken back leaves the focus in the view", async () => {
  const { page } = await open(browser);
  await boot(page, "#cloud-config\nhostname: a\n", "");
  await effect(page, "Set the host name").getByRole("button", { name: /^What if it fails/ }).click();
  await page.locator(".whatifs button").focus();
  await page.keyboard.press("Enter");
  await settles(() => page.locator(".whatifs").count(), 0);
  assert.equal(await focused(page), "Stages");
});

test("F8 goes to the next problem from everywhere, and says it", async () => {
  const { page } = await openWith(THREE);
  await settles(() => problems(page).count(), 3);
  const at = async () => (await cursor(page)).line;
  const said = (words) => settles(async () => words.test(await page.locator("#status").innerText()), true);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("F8");
  assert.equal(await at(), 2);
  await said(/^error in line 2: unknown key hostnme/);
  await page.getByRole("button", { name: "Examples" }).focus();
  await page.keyboard.press("F8");
  assert.deepEqual([await at(), (await cursor(page)).focused], [3, true]);
  await said(/^error in line 3/);
  await page.getByRole("tab", { name: "Verify image" }).click();
  await page.keyboard.press("F8");
  assert.equal(await at(), 4);
  assert.equal(await page.getByRole("tab", { name: /^Problems/ }).getAttribute("aria-selected"), "true");
  await page.keyboard.press("F8");
  assert.equal(await at(), 2, "the first one comes after the last");
  await page.getByRole("tab", { name: /^Problems/ }).focus();
  await page.keyboard.press("Shift+F8");
  assert.equal(await at(), 4);
  await said(/^error in line 4/);
});

test("F8 stays in the OEM config while that is open", async () => {
  const { page } = await open(browser);
  await chooseCoreos(page);
  await page.locator("#platform").selectOption("ec2-compat");
  await openOem(page);
  await writeBeside(page, THREE);
  await settles(() => problems(page).count(), 3);
  await page.keyboard.press("F8");
  assert.deepEqual(await cursor(page, "#other-panel"), { line: 2, selected: "hostnme", focused: true });
});

test("what the pointer shows of a place can be had by keyboard", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\nmanage_etc_hosts: true\nhostnme: a\n");
  await settles(() => problems(page).count(), 1);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  const tip = page.getByRole("dialog", { name: "About this place" });
  // The documentation comes with the module that has all rules.
  await page.keyboard.press("F1");
  await tip.locator(".tip-docs").getByText("manage_etc_hosts", { exact: true }).waitFor();
  assert.equal(await focused(page), "About this place");
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.keyboard.press("Escape");
  await settles(() => tip.count(), 0);
  assert.equal(await focused(page), "User-data");
  await page.keyboard.press("F8");
  await page.keyboard.press("F1");
  await tip.locator(".tip-problem").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "unknown-key");
  await page.keyboard.press("Tab");
  assert.match(await focused(page), /^Try: /);
  await page.keyboard.press("Enter");
  await settles(async () => (await text(page)).includes("hostname: a"), true);
  assert.equal(await focused(page), "User-data");
  await editor(page).press("ControlOrMeta+Home");
  await page.keyboard.press("F1");
  assert.equal(await tip.count(), 0, "there is nothing to say about a header");
});

test("a problem, a fix and an example show the editor that they act on", async () => {
  const { page } = await openWith(THREE);
  await chooseCoreos(page);
  await page.locator("#platform").selectOption("ec2-compat");
  await settles(() => problems(page).count(), 3);
  const from = async (act) => {
    await openBeside(page, "Metadata");
    assert.equal(await editor(page).isVisible(), false);
    await act();
    await page.keyboard.press("Enter");
    await settles(() => editor(page).isVisible(), true);
  };
  await from(() => goTo(problems(page).first()).focus());
  await from(() => page.getByRole("button", { name: /^Try: / }).first().focus());
  await from(async () => {
    await page.getByRole("button", { name: "Examples" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.locator("#examples .menu-item:focus").waitFor();
  });
  await settles(async () => (await text(page)) !== THREE, true);
});

test("two boots are compared, and a mistake in metadata is reached", async () => {
  const { page } = await open(browser);
  await boot(page, "#cloud-config\nhostname: web\n", "ec2-compat");
  const choice = page.getByRole("combobox", { name: "Compare with" });
  await choice.focus();
  await page.keyboard.press("ArrowDown");
  await page.locator(".comparison").waitFor();
  assert.equal(await choice.evaluate((it) => it === document.activeElement), true, "the focus stays");
  await page.keyboard.press("Home");
  await page.locator(".verdict").waitFor();
  await page.getByRole("tab", { name: "User-data" }).focus();
  await page.keyboard.press("ArrowRight");
  await settles(() => page.getByRole("tab", { name: "Metadata" }).getAttribute("aria-selected"), "true");
  await page.getByRole("textbox", { name: "Metadata" }).focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText('{\n  "local-ipv4": x\n}');
  const place = page.locator(".boot-head").getByRole("button", { name: "line 2, column 17" });
  await place.focus();
  await page.keyboard.press("Enter");
  await settles(() => cursor(page, "#other-panel"), { line: 2, selected: "", focused: true });
});
