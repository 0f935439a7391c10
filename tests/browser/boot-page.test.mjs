// What the page promises holds for the Boot view: no requests, access for everybody, dark and light, small screens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boot, giveMetadata, part } from "./boot.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { open, openBeside, pane, settles, write } from "./page.mjs";

const CONFIG = `#cloud-config
hostname: top-secret-name
ssh_authorized_keys:
  - ssh-ed25519 AAAA ops@example.org
write_files:
  - path: /srv/address
    content: $private_ipv4
coreos:
  units:
    - name: web.service
      command: start
`;
const PARTS = ["Stages", "Files", "Users", "Units", "Network", "Log"];

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the view asks for its own files alone, and no request carries a text", async () => {
  const { page, requests, complaints } = await open(browser);
  await page.waitForLoadState("networkidle");
  await write(page, CONFIG);
  // The linter for the program of the text comes first.
  await settles(() => requests.some((request) => request.includes("dryboot-wasm-coreos_bg")), true);
  assert.deepEqual(requests.filter((request) => /boot-worker|wasm-boot|layout\.js/.test(request)), []);
  const loaded = requests.length;
  await boot(page, CONFIG, "ec2-compat", { hostname: "top-secret-metadata" });
  for (const name of PARTS) {
    await part(page, name);
  }
  await page.getByLabel("Compare with").selectOption("platform/gce");
  await page.locator(".comparison").waitFor();
  await page.waitForLoadState("networkidle");
  const later = requests.slice(loaded).map((request) => /\/([^/ ]+) $/.exec(request)?.[1]);
  assert.deepEqual(later.filter((file) => file !== "layout.js").sort(), ["boot-worker.js", "dryboot-wasm-boot_bg.wasm"]);
  assert.deepEqual(requests.filter((request) => request.includes("top-secret")), []);
  const kept = await page.evaluate(() => {
    // The draft of this tab, which ends with it, is where the texts may be, and there alone.
    const { draft, ...others } = sessionStorage;
    return JSON.stringify([{ ...localStorage }, others, document.cookie, location.href]);
  });
  assert.doesNotMatch(kept, /secret/);
  assert.deepEqual(complaints, []);
  assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
});

const SCREENS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
};

for (const [name, screen] of Object.entries(SCREENS)) {
  test(`axe finds nothing wrong with any part (${name})`, async () => {
    const { page } = await open(browser, screen);
    await boot(page, CONFIG, "ec2-compat", { "local-ipv4": "10.0.0.12" });
    for (const name of PARTS) {
      await part(page, name);
      assert.deepEqual(await accessibilityProblems(page), [], name);
    }
    await part(page, "Stages");
    await page.locator(".whatif").first().click();
    await page.locator(".whatifs").waitFor();
    await giveMetadata(page, "{");
    await openBeside(page, "Metadata");
    await page.locator(".other-input .troubles").waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await openBeside(page, "OEM config");
    assert.deepEqual(await accessibilityProblems(page), []);
    await pane(page, "Results");
    await page.getByLabel("Compare with").selectOption("platform/config-drive");
    await page.locator(".comparison").waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false);
  });
}

test("everything can be reached by keyboard", async () => {
  const { page } = await open(browser);
  await write(page, CONFIG);
  const label = () => page.evaluate(() => document.activeElement.textContent);
  await page.getByRole("tab", { name: /^Problems/ }).focus();
  await page.keyboard.press("ArrowRight");
  await page.locator(".verdict").waitFor();
  assert.equal(await label(), "Boot");
  await page.getByRole("tab", { name: "Stages" }).focus();
  for (let count = 0; count < 12 && !(await label()).startsWith("Set the host name to "); count++) {
    await page.keyboard.press("Tab");
  }
  assert.equal(await label(), "Set the host name to top-secret-name");
  await page.keyboard.press("ArrowDown");
  assert.match(await label(), /^Authorize 1 SSH key/);
  await page.keyboard.press("Tab");
  assert.equal(await label(), "line 4");
  await page.keyboard.press("Tab");
  const whatIf = await label();
  assert.match(whatIf, /^What if it fails/);
  await page.keyboard.press("Enter");
  await page.locator(".whatifs").waitFor();
  assert.equal(await label(), whatIf, "the focus stays");
  await page.keyboard.press("Enter");
  await settles(() => page.locator(".whatifs").count(), 0);
  await page.getByRole("tab", { name: "Stages" }).focus();
  await page.keyboard.press("ArrowLeft");
  assert.match(await label(), /^Log/);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("tree").waitFor();
  await settles(() => page.getByRole("tab", { name: "Files" }).getAttribute("aria-selected"), "true");
});
