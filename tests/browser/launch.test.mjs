// The demonstration: a launch form of a provider that does not exist, with everything that a real one would have.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { accessibilityProblems, launch } from "./harness.mjs";
import { Site } from "./host.mjs";
import { settles } from "./page.mjs";

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await Site.start({}, { "/npm/": fileURLToPath(new URL("../../npm", import.meta.url)) });
});
after(async () => {
  await browser.close();
  site.close();
});

async function open(options) {
  const page = await browser.newPage(options);
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`${site.url}/npm/examples/launch/`);
  return { page, complaints };
}

const write = (page, text) => page.evaluate((text) => (document.querySelector("dryboot-editor").value = text), text);
const review = (page) => page.getByRole("heading", { name: "2. Review it" });

test("a server is described, reviewed and launched by keyboard alone", async () => {
  const { page, complaints } = await open();
  await page.keyboard.press("Tab");
  await page.getByLabel("Region").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.locator("dryboot-editor .cm-content").waitFor();
  await page.keyboard.insertText("#cloud-config\nhostnme: web\n");
  await page.getByText("Unknown key").first().waitFor();
  await page.getByRole("button", { name: "Review" }).press("Enter");
  await settles(() => page.evaluate(() => document.activeElement.localName), "dryboot-editor");
  assert.equal(await review(page).isVisible(), false);
  await page.getByRole("button", { name: "Try: rename to" }).press("Enter");
  await page.getByRole("button", { name: "Review" }).press("Enter");
  await review(page).waitFor();
  await page.getByText("The image accepts the user-data.").waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.getByRole("button", { name: "Launch" }).press("Enter");
  await page.getByText("launched").waitFor();
  const sent = site.submitted.at(-1);
  assert.equal(Buffer.from(sent.get("user_data"), "base64").toString(), "#cloud-config\nhostname: web\n");
  assert.equal(sent.get("image"), "ubuntu");
  assert.deepEqual(complaints, []);
  await page.close();
});

test("where the boot can be previewed, the review tells it", async () => {
  const { page, complaints } = await open();
  await page.getByLabel("Image").selectOption("flatcar");
  await write(page, "#cloud-config\nhostname: web\n");
  await page.getByRole("button", { name: "Review" }).click();
  await page.locator("#boot li", { hasText: "Set the host name." }).waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test("the form has no violation of accessibility, dark or light, wide or narrow", async () => {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 320], ["dark", 320]]) {
    const { page } = await open({ colorScheme, viewport: { width, height: 900 } });
    await write(page, "#cloud-config\nhostnme: web\n");
    await page.getByText("Unknown key").first().waitFor();
    assert.deepEqual(await accessibilityProblems(page), [], `${colorScheme} ${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${colorScheme} ${width}`);
    await page.close();
  }
});
