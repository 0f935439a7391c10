// From the text to its problems and back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibilityProblems, launch } from "./harness.mjs";
import { cursor, drop, editor, goTo, listed, open, problems, settles, text, write } from "./page.mjs";

const MISTAKE = "#cloud-config\nmanage_etc_hosts: localhost\nhostnme: web\n";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("typing shows a problem at its line, and mending it clears the list", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\nhostname: web\n");
  await page.getByText("Nothing to complain about.").waitFor();
  assert.equal(await problems(page).count(), 0);

  await page.keyboard.type("hostnme: x");
  const marked = page.locator(".cm-lintRange-error");
  await settles(() => marked.allInnerTexts(), ["hostnme"]);
  const [[severity, message, place], ...others] = await listed(page);
  assert.deepEqual(others, []);
  assert.equal(severity, "error:");
  assert.match(message, /hostnme/);
  assert.equal(place, "3:1");
  assert.equal(await page.locator(".cm-lint-marker-error").count(), 1);

  for (let count = 0; count < "hostnme: x".length; count++) {
    await page.keyboard.press("Backspace");
  }
  await page.getByText("Nothing to complain about.").waitFor();
  assert.equal(await marked.count(), 0);
});

test("a click on a problem selects its place in the editor", async () => {
  const { page } = await open(browser);
  await write(page, MISTAKE);
  await settles(() => problems(page).count(), 1);
  await goTo(problems(page)).click();
  assert.deepEqual(await cursor(page), { line: 3, selected: "hostnme", focused: true });
});

test("a problem far down is scrolled into view", async () => {
  const { page } = await open(browser);
  await write(page, `#cloud-config\n${"# filler\n".repeat(400)}hostnme: web\n`);
  await settles(() => problems(page).count(), 1);
  await page.keyboard.press("ControlOrMeta+Home");
  await goTo(problems(page)).click();
  await page.locator(".cm-lintRange-error").waitFor();
  assert.equal((await cursor(page)).line, 402);
});

test("the list works by keyboard", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\nhostnme: a\nwrite-filez: b\nunitz: c\n");
  await settles(() => problems(page).count(), 3);
  const places = (await listed(page)).map(([, , place]) => place);
  assert.deepEqual(places, ["2:1", "3:1", "4:1"]);

  await goTo(problems(page).first()).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  assert.deepEqual(await cursor(page), { line: 3, selected: "write-filez", focused: true });

  await goTo(problems(page).first()).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  assert.equal((await cursor(page)).line, 4);
});

test("the problem under the cursor is marked in the list", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\nhostnme: a\nwrite-filez: b\n");
  await settles(() => problems(page).count(), 2);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("F8");
  const current = page.locator(".problem[aria-current] .message");
  await settles(() => current.allInnerTexts(), [(await listed(page))[0][1]]);
  await page.keyboard.press("F8");
  await settles(() => current.allInnerTexts(), [(await listed(page))[1][1]]);
  await page.keyboard.press("Shift+F8");
  await settles(() => current.allInnerTexts(), [(await listed(page))[0][1]]);
});

test("a fix is one click, and one step to undo", async () => {
  const { page } = await open(browser);
  await write(page, MISTAKE);
  await settles(() => problems(page).count(), 1);
  await page.getByRole("button", { name: /^Try: / }).click();
  await page.getByText("Nothing to complain about.").waitFor();
  assert.equal(await text(page), MISTAKE.replace("hostnme", "hostname"));
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+Z");
  await settles(() => text(page), MISTAKE);
  await settles(() => problems(page).count(), 1);
});

test("all safe fixes are one click too", async () => {
  const { page } = await open(browser);
  await write(page, "# cloud-config\nhostnme: a\n");
  await page.getByRole("button", { name: "Fix all safe (1)" }).click();
  // The other fix is none that may be made unseen.
  await settles(() => text(page), "#cloud-config\nhostnme: a\n");
  await settles(() => page.getByRole("button", { name: /^Fix all/ }).count(), 0);
});

test("places are right behind characters outside the basic plane", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\n# 🚀 ä €\nhostnme: web\n");
  await settles(() => problems(page).count(), 1);
  assert.equal((await listed(page))[0][2], "3:1");
  await goTo(problems(page)).click();
  assert.equal((await cursor(page)).selected, "hostnme");
});

test("the rule of a problem is explained, and Escape closes the explanation", async () => {
  const { page } = await open(browser);
  await write(page, MISTAKE);
  await settles(() => problems(page).count(), 1);
  await page.getByRole("button", { name: "unknown-key" }).click();
  const panel = page.getByRole("region", { name: "unknown-key" });
  await panel.getByRole("heading", { level: 3 }).first().waitFor();
  assert.ok((await panel.locator(".prose").innerText()).length > 80);
  await page.keyboard.press("Escape");
  await settles(() => panel.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "unknown-key");
});

test("all rules of the program are listed, and each is explained", async () => {
  const { page } = await open(browser);
  await page.getByRole("button", { name: "Help" }).click();
  await page.getByRole("button", { name: "All rules" }).click();
  const panel = page.getByRole("region", { name: "All rules" });
  const rules = panel.locator(".rules li");
  await settles(async () => (await rules.count()) > 60, true);
  await rules.filter({ hasText: "unknown-key" }).getByRole("button").click();
  await page.getByRole("region", { name: "unknown-key" }).getByRole("heading", { level: 3 }).first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "unknown-key");
  await page.keyboard.press("Escape");
  await settles(() => page.locator(".explanation").count(), 0);
});

test("the count is announced when typing pauses", async () => {
  const { page } = await open(browser);
  const status = page.locator("#status");
  await write(page, MISTAKE);
  await settles(() => status.innerText(), "1 error");
  await write(page, "#cloud-config\nhostname: web\n");
  await settles(() => status.innerText(), "No problems");
});

test("an empty text is no error", async () => {
  const { page } = await open(browser);
  await write(page, " ");
  await page.keyboard.press("Backspace");
  await page.getByText("Nothing here yet.").waitFor();
  assert.equal(await problems(page).count(), 0);
});

test("a text of more than a megabyte is linted", async () => {
  const { page } = await open(browser);
  await drop(page, `#cloud-config\nhostnme: web\n${"# filler, filler, filler, filler\n".repeat(40_000)}`);
  await settles(() => problems(page).count(), 1);
  assert.equal((await listed(page))[0][2], "2:1");
});

test("what nobody judged is grey, with the reason, before and after the app", async () => {
  let come;
  const held = new Promise((resolve) => (come = resolve));
  const route = ["**/dryboot-web*.wasm", async (route) => (await held, route.continue())];
  const { page } = await open(browser, { wait: "textarea.plain", route });
  const panel = page.locator(".problems .pane-body");
  await page.locator("textarea.plain").fill("#!/bin/sh\nreboot\n");
  await panel.getByText("This text is a script, and its commands are not checked.").waitFor();
  const isGrey = async () => {
    assert.match(await page.locator(".counts").innerText(), /not checked/);
    assert.equal(await page.locator(".counts .fine, .calm:not(.not-checked)").count(), 0);
    assert.equal(await panel.locator(".calm-title").innerText(), "Not checked");
  };
  await isGrey();
  const before = await panel.innerText();
  come();
  await page.locator(".cm-content").waitFor();
  assert.equal(await panel.innerText(), before);
  await isGrey();
  await settles(() => page.locator("#status").innerText(), "Not checked");
  for (const [text, reason] of [
    ['{"ignition": {"version": "3.3.0"}}', "Ignition"],
    ["#include\nhttps://example.org/more\n", "includes user-data from URLs"],
    ["hostname: web\n", "does not begin like user-data"],
  ]) {
    await write(page, text);
    await page.locator(".not-checked, .unjudged").getByText(reason).first().waitFor();
    assert.equal(await page.locator(".counts .fine, .calm:not(.not-checked)").count(), 0, reason);
    assert.deepEqual(await accessibilityProblems(page), [], reason);
  }
  await write(page, "");
  await panel.getByText("Nothing here yet.").waitFor();
  assert.equal(await page.locator(".counts .fine").count(), 0);
});

test("a problem in a part of a message says which part that is, and where in it", async () => {
  const { page } = await open(browser);
  const part = (type, name, text) =>
    `--b\nContent-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\n\n${text}`;
  const parts = [
    part("text/x-shellscript", "a.sh", "#!/bin/sh\n"),
    part("text/cloud-config", "base.yaml", "#cloud-config\nruncmdd: []\n"),
  ];
  await write(page, `Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n${parts.join("")}--b--\n`);
  await settles(() => problems(page).locator(".rule").allInnerTexts(), ["unknown-key"]);
  assert.match(await problems(page).locator(".about").innerText(), /in part 2 \(base\.yaml\), 2:1/);
});
