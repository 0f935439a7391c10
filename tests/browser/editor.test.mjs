// What the editor offers: completion, hover, examples, files, target.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch } from "./harness.mjs";
import { drop, editor, open, problems, settles, text, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("keys are completed", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "CoreOS" }).check();
  await write(page, "#cloud-config\n");
  await page.keyboard.type("hostn");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "hostname" }).click();
  await settles(() => text(page), "#cloud-config\nhostname: ");
});

test("keys of cloud-init are completed and explained, also deep inside", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\napt:\n  sources:\n    docker.list:\n      keyid: 9DC858229FC7DD38854AE2D88D81803C0EBFCD88\n      ");
  await page.keyboard.type("sour");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "source" }).first().click();
  await settles(async () => (await text(page)).split("\n").at(-1), "      source: ");
  await page.locator(".cm-line", { hasText: "keyid" }).getByText("keyid").hover();
  await page.locator(".tip-docs", { hasText: "keyid" }).waitFor();
});

test("the pointer on a key shows its documentation, on a problem the problem and its fix", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "CoreOS" }).check();
  await write(page, "#cloud-config\nhostname: web\nusrs: []\n");
  await settles(() => problems(page).count(), 1);
  await page.locator(".cm-line", { hasText: "hostname" }).getByText("hostname").hover();
  await page.locator(".tip-docs", { hasText: "hostname" }).waitFor();

  await page.mouse.move(0, 0);
  await page.locator(".cm-lintRange-error").hover();
  const problem = page.locator(".tip-problem");
  await problem.waitFor();
  assert.match(await problem.innerText(), /usrs/);
  await problem.getByRole("button", { name: /^Try: / }).click();
  await settles(() => text(page), "#cloud-config\nhostname: web\nusers: []\n");
});

test("a visitor sees an example with problems, and can open the others", async () => {
  const { page } = await open(browser);
  assert.ok((await problems(page).count()) > 0);
  await page.getByRole("button", { name: "Examples" }).click();
  const entries = page.locator("#examples .menu-item");
  const title = await entries.nth(1).innerText();
  await entries.nth(1).click();
  await settles(async () => (await text(page)).split("\n")[1], `# ${title}`);
  assert.equal(await page.locator("#examples").isVisible(), false);
});

test("the gallery works by keyboard", async () => {
  const { page } = await open(browser);
  await page.getByRole("button", { name: "Examples" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const title = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await settles(async () => (await text(page)).split("\n")[1], `# ${title}`);
});

test("the target is switched, by mouse and by keyboard", async () => {
  const { page } = await open(browser);
  const reason = page.locator(".reason");
  await write(page, "#cloud-config\ncoreos:\n  update: {}\n");
  await settles(async () => /^for Flatcar: .*coreos/.test(await reason.innerText()), true);
  await page.getByRole("radio", { name: "Flatcar" }).click();
  await settles(async () => /Flatcar/.test(await reason.innerText()), true);
  assert.equal(await page.getByRole("radio", { name: "Flatcar" }).isChecked(), true);
  await page.keyboard.press("ArrowLeft");
  await settles(() => page.getByRole("radio", { name: "CoreOS" }).isChecked(), true);
  await settles(async () => /coreos-cloudinit 1\.14\.0/.test(await reason.innerText()), true);
});

test("a dropped file is opened", async () => {
  const { page } = await open(browser);
  await drop(page, "#cloud-config\nhostname: dropped\n");
  await settles(() => text(page), "#cloud-config\nhostname: dropped\n");
});

test("Tab indents, and Escape then Tab leaves the editor", async () => {
  const { page } = await open(browser);
  await write(page, "a:\nb");
  await page.keyboard.press("Tab");
  await settles(() => text(page), "a:\n  b");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  const inside = () => editor(page).evaluate((content) => content.getRootNode().activeElement === content);
  assert.equal(await inside(), false);
});

test("text, selection and focus survive the change to the rich editor", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const { page } = await open(browser, {
    wait: "textarea.plain",
    route: ["**/editor.js", async (route) => (await held, route.continue())],
  });
  const area = page.locator("textarea.plain");
  await area.fill("#cloud-config\nhostnme: web\n");
  await settles(() => problems(page).count(), 1);
  await area.evaluate((element) => element.setSelectionRange(14, 21));
  release();
  await page.locator(".cm-content").waitFor();
  assert.equal(await text(page), "#cloud-config\nhostnme: web\n");
  await page.keyboard.type("hostname");
  await settles(() => text(page), "#cloud-config\nhostname: web\n");
  await settles(() => problems(page).count(), 0);
});
