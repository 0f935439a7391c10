// Templates for cloud-init: what they are filled with is next to the text, and is edited there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibilityProblems, launch } from "./harness.mjs";
import { besideText, cursor, listed, open, openBeside, problems, settles, write, writeBeside } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const TEMPLATE = "## template: jinja\n#cloud-config\nhostname: {{ v1.local_hostname }}\nfinal_message: {{ v1.own }}\n";
const OWN = JSON.stringify({ v1: { local_hostname: "web", own: "done" } }, null, 2);

const tab = (page) => page.getByRole("tab", { name: "Instance data" });
const area = (page) => page.getByRole("textbox", { name: "Instance data" });
const places = async (page) => (await listed(page)).map(([, , place]) => place);

/** Opens the page with the template, and what it is filled with. */
async function openTemplate() {
  const opened = await open(browser);
  await write(opened.page, TEMPLATE);
  await openBeside(opened.page, "Instance data");
  return opened;
}

test("a template is filled with an example, until the user has another one", async () => {
  const { page, requests, complaints } = await open(browser);
  assert.equal(await tab(page).count(), 0, "there is none for what is not a template");
  await write(page, TEMPLATE);
  await settles(() => places(page), ["4:1"]);
  assert.match((await listed(page))[0][1], /v1\.own is not in the instance data/);
  await openBeside(page, "Instance data");
  assert.match(await besideText(page), /"local_hostname": "ip-10-0-0-12"/);
  assert.equal(await page.getByRole("button", { name: "Reset" }).count(), 0);
  assert.deepEqual(await accessibilityProblems(page), []);
  await writeBeside(page, OWN);
  await page.getByText("Nothing to complain about.").waitFor();
  await page.getByRole("button", { name: "Reset" }).click();
  await settles(() => places(page), ["4:1"]);
  assert.match(await besideText(page), /ip-10-0-0-12/);
  await page.locator("#notice").getByRole("button", { name: "Undo" }).click();
  await settles(() => problems(page).count(), 0);
  assert.equal(await besideText(page), OWN);
  assert.deepEqual(requests.filter((request) => request.includes("wasm-boot")), [], "the preview is not needed for it");
  assert.deepEqual(complaints, []);
});

test("a mistake in the instance data is told at its place, and nothing passes for checked", async () => {
  const { page } = await openTemplate();
  await writeBeside(page, '{\n  "v1": x\n}');
  const fault = page.locator("#input-troubles li");
  await fault.getByText("Expected a value").waitFor();
  assert.equal(await area(page).getAttribute("aria-invalid"), "true");
  await page.locator(".problems .not-checked").getByText("its instance data cannot be read").waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await fault.getByRole("button", { name: "Go to 2:9" }).click();
  const { line, focused } = await cursor(page, "#other-panel");
  assert.deepEqual([line, focused], [2, true]);
  await settles(() => page.locator("#other-panel .cm-lintRange-error").allInnerTexts(), ["x"]);
  await writeBeside(page, "[]");
  await fault.getByText("Instance data must be a JSON object").waitFor();
  await writeBeside(page, OWN);
  await settles(() => fault.count(), 0);
  await page.getByText("Nothing to complain about.").waitFor();
});

test("the instance data is reached by keyboard, and goes with the template", async () => {
  const { page } = await open(browser);
  await write(page, TEMPLATE);
  await tab(page).waitFor();
  await page.getByRole("tab", { name: "User-data" }).focus();
  await page.keyboard.press("ArrowRight");
  await area(page).waitFor();
  assert.equal(await tab(page).getAttribute("aria-selected"), "true");
  // The menu of files comes between the tab and its text.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal((await cursor(page, "#other-panel")).focused, true);
  await page.getByRole("radio", { name: "Flatcar" }).check();
  await settles(() => tab(page).count(), 0);
  await page.locator(".cm-content").waitFor();
  assert.equal(await area(page).count(), 0);
});

test("the instance data survives a reload, unless it holds a secret", async () => {
  const { page } = await openTemplate();
  await writeBeside(page, OWN);
  await settles(() => problems(page).count(), 0);
  await page.waitForTimeout(500);
  await page.reload();
  await page.locator("html[data-first-lint] .cm-content").waitFor();
  await page.getByText("Nothing to complain about.").waitFor();
  await openBeside(page, "Instance data");
  assert.equal(await besideText(page), OWN);
  await writeBeside(page, '{"access_token": "0123456789abcdef"}');
  await page.locator("#kept").getByText("The instance data contains a secret").waitFor();
});

test("a file is opened as instance data where it falls", async () => {
  const { page } = await openTemplate();
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "instance-data.json"));
    document.querySelector(".other-input").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, OWN);
  await page.locator("#notice").getByText("Opened instance-data.json.").waitFor();
  assert.equal(await besideText(page), OWN);
  await settles(() => problems(page).count(), 0);
});
