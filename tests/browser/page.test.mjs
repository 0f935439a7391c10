// What the page promises: no requests, no inline code, access for everybody, dark and light.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibilityProblems, launch } from "./harness.mjs";
import { chooseTheme, open, pane, problems, settles, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const violations = (page) => page.evaluate(() => globalThis.violations);

test("no request leaves the page after it has loaded, and none carries the text", async () => {
  const { page, requests, complaints } = await open(browser);
  // The module of another program is asked for when it is chosen first.
  await page.getByRole("radio", { name: "CoreOS" }).click();
  await settles(async () => /coreos-cloudinit 1/.test(await page.locator(".reason").innerText()), true);
  // The one with all rules comes last.
  await settles(() => requests.some((request) => request.includes("dryboot-wasm-coreos_bg")), true);
  await page.waitForLoadState("networkidle");
  const loaded = requests.length;
  assert.ok(loaded >= 8, `${loaded} requests`);

  await write(page, "#cloud-config\n# top-secret-text\nhostnme: web\n");
  await settles(() => problems(page).count(), 1);
  await page.getByRole("button", { name: "unknown-key" }).click();
  await page.getByRole("button", { name: "Close the explanation" }).click();
  await page.getByRole("button", { name: /^Try: / }).click();
  await settles(() => problems(page).count(), 0);
  await page.locator(".cm-line", { hasText: "hostname" }).getByText("hostname").hover();
  await page.locator(".tip-docs").waitFor();
  await page.getByRole("radio", { name: "Flatcar" }).click();
  await page.getByRole("button", { name: "Examples" }).click();
  await page.locator("#examples .menu-item").last().click();
  await chooseTheme(page, "Dark");
  await page.waitForLoadState("networkidle");

  assert.deepEqual(requests.slice(loaded), []);
  assert.deepEqual(requests.filter((request) => request.includes("top-secret")), []);
  assert.deepEqual(complaints, []);
  assert.deepEqual(await violations(page), []);
});

test("the policy forbids inline code, and holds", async () => {
  const { page } = await open(browser);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(policy, /'unsafe-inline'|'unsafe-eval'|\*/);
  assert.deepEqual(await violations(page), []);
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    const style = document.createElement("style");
    style.textContent = "body { color: rgb(1, 2, 3) }";
    document.head.append(script, style);
    return [globalThis.ran, getComputedStyle(document.body).color];
  });
  assert.equal(ran[0], undefined);
  assert.notEqual(ran[1], "rgb(1, 2, 3)");
  await settles(async () => (await violations(page)).sort(), ["script-src-elem", "style-src-elem"]);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing wrong (${colorScheme})`, async () => {
    const { page } = await open(browser, { colorScheme });
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.locator(".rule").first().click();
    await page.locator(".explanation h3").first().waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole("button", { name: "Close the explanation" }).click();
    await page.getByRole("button", { name: "Help" }).click();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole("button", { name: "All rules" }).click();
    await page.locator(".explanation .rules").waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole("button", { name: "Close the explanation" }).click();
    await page.getByRole("button", { name: "Settings" }).click();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.keyboard.press("Escape");
    await write(page, "#cloud-config\nhostname: web\n");
    await page.getByText("Nothing to complain about.").waitFor();
    await page.getByRole("button", { name: "Examples" }).click();
    assert.deepEqual(await accessibilityProblems(page), []);
  });
}

test("axe finds nothing wrong on a phone", async () => {
  const { page } = await open(browser, { viewport: { width: 390, height: 844 } });
  assert.deepEqual(await accessibilityProblems(page), []);
  await pane(page, "Results");
  assert.deepEqual(await accessibilityProblems(page), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false);
});

test("the theme follows the system until it is chosen, and the choice is kept", async () => {
  const { page } = await open(browser, { colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: "light" });
  const light = await ground();
  assert.notEqual(dark, light);

  await page.emulateMedia({ colorScheme: "dark" });
  await chooseTheme(page, "Light");
  await settles(ground, light);
  await page.reload();
  await page.getByRole("button", { name: "Settings" }).click();
  assert.equal(await page.getByRole("radio", { name: "Light" }).isChecked(), true);
  assert.equal(await ground(), light);
  // Without a pointer, too.
  await page.getByRole("radio", { name: "Light" }).focus();
  await page.keyboard.press("ArrowDown");
  await settles(ground, dark);
  await page.getByRole("radio", { name: "System" }).check();
  await page.emulateMedia({ colorScheme: "light" });
  await settles(ground, light);
});
