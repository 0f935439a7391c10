// The page without a network, below a path of its own, and with a new version on the server.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch } from "./harness.mjs";
import { Site } from "./host.mjs";
import { problems, settles, text, write } from "./page.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

let browser;
let site;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "dryboot-offline-"));
  cpSync(DIST, folder, { recursive: true });
  site = await Site.start({}, { "/tools/dryboot/": folder });
});
after(async () => {
  await browser.close();
  site.close();
  rmSync(folder, { recursive: true });
});

async function start(page) {
  await page.goto(`${site.url}/tools/dryboot/`);
  await page.locator("html[data-first-lint] .cm-content").waitFor();
}

const isReady = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state !== "redundant"));

test("the page can be installed, works without a network, and stays within its path", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await start(page);
  assert.equal(await isReady(page), true);
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
  assert.equal(manifest.display, "standalone");
  assert.equal(await page.evaluate((icon) => fetch(icon).then(({ ok }) => ok), manifest.icons[0].src), true);
  assert.equal(await page.evaluate(() => navigator.serviceWorker.getRegistration().then(({ scope }) => new URL(scope).pathname)), "/tools/dryboot/");
  await context.setOffline(true);
  site.requests.length = 0;
  await start(page);
  await write(page, "#cloud-config\nhostnme: web\n");
  await settles(() => problems(page).count(), 1);
  await page.getByRole("radio", { name: "Flatcar" }).check();
  await page.locator("#view-tab-boot").click();
  await page.locator(".boot, .stage, .timeline").first().waitFor();
  assert.deepEqual(site.requests, []);
  await context.close();
});

test("a new version announces itself, and comes as a whole when it is asked for", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await start(page);
  await isReady(page);
  await start(page);
  await write(page, "#cloud-config\nhostname: kept\n");
  // What a deployment does: other files, another list of them.
  const name = join(folder, "index.html");
  const html = readFileSync(name, "utf8");
  writeFileSync(name, html.replace(">dryboot</h1>", ">dryboot 2</h1>"));
  const worker = join(folder, "service-worker.js");
  writeFileSync(worker, readFileSync(worker, "utf8").replace(/"[0-9a-f]{16}"/, '"0123456789abcdef"'));
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()));
  await page.getByText("There is a new version of dryboot.").waitFor();
  // Until then, everything is of the old one.
  const other = await context.newPage();
  await start(other);
  assert.equal(await other.getByRole("heading", { level: 1 }).innerText(), "dryboot");
  await other.close();
  await settles(() => page.evaluate(() => sessionStorage.getItem("draft").includes("kept")), true);
  await page.getByRole("button", { name: "Reload the page" }).click();
  await settles(() => page.getByRole("heading", { level: 1 }).innerText().catch(() => ""), "dryboot 2");
  await page.locator("html[data-first-lint] .cm-content").waitFor();
  assert.equal(await text(page), "#cloud-config\nhostname: kept\n");
  assert.equal(await page.evaluate(async () => (await caches.keys()).length), 1);
  await context.close();
});
