// The texts beside the user's: each in the same editor, and whatever acts on a text shows it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boot, chooseCoreos, effect, openOem } from "./boot.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { besideText, cursor, editor, goTo, listed, open, openBeside, problems, settles, text, write, writeBeside } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const MISTAKE = "#cloud-config\nhostnme: web\n";
const OEM = "#cloud-config\n# of the image\nhostnme: oem\n";

/** Opens the page with a mistake for CoreOS on EC2. */
async function openOnEc2() {
  const opened = await open(browser);
  await chooseCoreos(opened.page);
  await write(opened.page, MISTAKE);
  await opened.page.locator("#platform").selectOption("ec2-compat");
  await settles(() => problems(opened.page).count(), 1);
  return opened;
}

const isShown = (page) => editor(page).isVisible();

test("a problem, a fix and an example show the editor that they act on", async () => {
  const { page } = await openOnEc2();
  for (const [act, line] of [
    [() => goTo(problems(page)).click(), 2],
    [() => page.getByRole("button", { name: /^Try: / }).click(), 2],
  ]) {
    await openBeside(page, "Metadata");
    assert.equal(await isShown(page), false);
    await act();
    await settles(() => isShown(page), true);
    assert.equal((await cursor(page)).line, line);
  }
  await settles(() => text(page), MISTAKE.replace("hostnme", "hostname"));
  await openBeside(page, "OEM config");
  await page.getByRole("button", { name: "Examples" }).click();
  await page.locator("#examples .menu-item").last().click();
  await settles(() => isShown(page), true);
});

test("the OEM config is linted like the user's, and its problems lead to it", async () => {
  const { page, complaints } = await openOnEc2();
  await openOem(page);
  await settles(() => problems(page).count(), 0);
  await writeBeside(page, OEM);
  await settles(async () => (await listed(page)).map(([, , place]) => place), ["3:1"]);
  assert.deepEqual(await page.locator("#other-panel .cm-lintRange-error").allInnerTexts(), ["hostnme"]);
  await page.getByText("Problems of the OEM config").waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await goTo(problems(page)).click();
  assert.deepEqual(await cursor(page, "#other-panel"), { line: 3, selected: "hostnme", focused: true });
  await page.getByRole("button", { name: /^Try: / }).click();
  await settles(() => besideText(page), OEM.replace("hostnme", "hostname"));
  await settles(() => problems(page).count(), 0);
  assert.equal(await text(page), MISTAKE, "the user's text is another one");
  await page.getByRole("tab", { name: "User-data" }).click();
  await settles(async () => (await listed(page)).map(([, , place]) => place), ["2:1"]);
  assert.deepEqual(complaints, []);
});

test("keys of the OEM config are completed and explained", async () => {
  const { page } = await openOnEc2();
  await openOem(page);
  await writeBeside(page, "#cloud-config\n");
  await page.keyboard.type("hostn");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "hostname" }).click();
  await settles(() => besideText(page), "#cloud-config\nhostname: ");
  await page.locator("#other-panel .cm-line", { hasText: "hostname" }).getByText("hostname").hover();
  await page.locator(".tip-docs", { hasText: "hostname" }).waitFor();
});

test("another platform has another OEM config, with its own problems", async () => {
  const { page } = await openOnEc2();
  await openOem(page);
  await writeBeside(page, OEM);
  await settles(() => problems(page).count(), 1);
  await page.locator("#platform").selectOption("rackspace");
  await settles(async () => (await besideText(page)).includes("id: rackspace"), true);
  await settles(() => problems(page).count(), 0);
  await page.locator("#platform").selectOption("ec2-compat");
  await settles(() => besideText(page), OEM);
  await settles(() => problems(page).count(), 1);
});

test("without the rich editor each text has a plain one", async () => {
  const { page } = await open(browser, { wait: "textarea.plain", route: ["**/editor.js", (route) => route.abort()] });
  await chooseCoreos(page);
  await page.locator("#platform").selectOption("ec2-compat");
  await page.getByRole("tab", { name: "OEM config" }).click();
  const area = page.getByRole("textbox", { name: "OEM config" });
  await settles(async () => (await area.inputValue()).includes("id: ami"), true);
  await area.fill(OEM);
  await settles(() => problems(page).count(), 1);
  await page.getByRole("button", { name: /^Try: / }).click();
  await settles(() => area.inputValue(), OEM.replace("hostnme", "hostname"));
  await page.locator("#notice").getByRole("button", { name: "Undo" }).click();
  await settles(() => area.inputValue(), OEM);
});

test("broken metadata is a failure, with its mistake marked and one click away", async () => {
  const { page } = await open(browser);
  await boot(page, "#cloud-config\nhostname: web\n", "ec2-compat", '{\n  "local-ipv4": x\n}');
  await settles(() => page.locator(".verdict-word").innerText(), "The metadata cannot be read");
  await page.locator(".verdict.bad").waitFor();
  await settles(() => page.locator("#status").innerText(), "Boot: The metadata cannot be read");
  await page.locator(".boot-head").getByRole("button", { name: "line 2, column 17" }).click();
  await settles(() => cursor(page, "#other-panel"), { line: 2, selected: "", focused: true });
  assert.deepEqual(await page.locator("#other-panel .cm-lintRange-error").allInnerTexts(), ["x"]);
  assert.equal(await page.getByRole("textbox", { name: "Metadata" }).getAttribute("aria-invalid"), "true");
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.locator("#platform").selectOption("digitalocean");
  await writeBeside(page, '{\n  "public_keys": ["a", 2]\n}');
  await page.locator(".boot-head").getByText("Expected a string at public_keys[1]").waitFor();
  await page.locator(".boot-head").getByRole("button", { name: "line 2, column 24" }).waitFor();
  await writeBeside(page, "{}");
  await settles(() => page.locator(".boot-head .troubles").count(), 0);
  assert.equal(await page.getByRole("textbox", { name: "Metadata" }).getAttribute("aria-invalid"), null);
});

test("a mistake in metadata is marked while nobody looks at the boot", async () => {
  const { page } = await openOnEc2();
  await openBeside(page, "Metadata");
  await writeBeside(page, "[]");
  await page.locator("#input-troubles").getByText("Expected an object").waitFor();
  await page.locator("#other-panel .cm-lint-marker-error").waitFor();
});

test("units that wait for each other are a problem of the text, too, while nobody looks at the boot", async () => {
  const { page, requests, complaints } = await open(browser);
  const isLoaded = () => requests.some((request) => request.includes("wasm-boot"));
  await chooseCoreos(page);
  await write(page, "#cloud-config\ncoreos:\n  units: []\n");
  await page.getByText("Nothing to complain about.").waitFor();
  await page.waitForTimeout(800);
  assert.equal(isLoaded(), false, "there is nothing to find out");
  const unit = (name, other) =>
    `    - name: ${name}.service\n      command: start\n      content: |\n        [Unit]\n        Requires=${other}.service\n        After=${other}.service\n        [Service]\n        ExecStart=/usr/bin/true\n`;
  await write(page, `#cloud-config\ncoreos:\n  units:\n${unit("a", "b")}${unit("b", "a")}`);
  await settles(() => problems(page).locator(".rule").allInnerTexts(), ["hanging-boot"]);
  assert.equal(isLoaded(), true);
  await goTo(problems(page)).click();
  assert.match((await cursor(page)).selected, /^After=/);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("# more\n");
  await settles(() => problems(page).count(), 0);
  await settles(() => problems(page).locator(".rule").allInnerTexts(), ["hanging-boot"]);
  await write(page, `#cloud-config\ncoreos:\n  units:\n${unit("a", "c")}`);
  await settles(() => problems(page).locator(".rule", { hasText: "hanging-boot" }).count(), 0);
  assert.deepEqual(complaints, []);
});

test("what fails in the boot is said first, and leads to its lines", async () => {
  const { page } = await open(browser);
  const unit = (name, other) =>
    `    - name: ${name}.service\n      command: start\n      content: |\n        [Unit]\n        Requires=${other}.service\n        After=${other}.service\n        [Service]\n        ExecStart=/usr/bin/true\n`;
  await boot(page, `#cloud-config\nhostname: web\ncoreos:\n  units:\n${unit("a", "b")}${unit("b", "a")}`, "ec2-compat");
  await settles(() => page.locator(".verdict-word").innerText(), "Fails at a unit");
  const problem = page.locator(".summary .boot-problems li");
  await problem.getByText("form an ordering cycle").waitFor();
  const isAbove = await page.evaluate(() => {
    const top = (selector) => document.querySelector(selector).getBoundingClientRect().top;
    return top(".verdict") < top(".boot-problems") && top(".boot-problems") < top(".stage");
  });
  assert.ok(isAbove);
  await problem.getByRole("button", { name: "line 10" }).click();
  assert.equal((await cursor(page)).line, 10);
  await effect(page, "Set the host name").getByRole("button", { name: /^What if it fails/ }).click();
  await settles(() => page.locator(".verdict-word").innerText(), "Fails with exit code 1");
  await problem.getByText("Set the host name fails: ").waitFor();
});
