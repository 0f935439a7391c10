// The first lint, before the app is there, and the change to the app.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibilityProblems, launch } from "./harness.mjs";
import { chooseTheme, goTo, listed, open, problems, settles, text } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Opens the page with the app held back, until `come` is called. */
async function openFirst(options = {}) {
  let come;
  const held = new Promise((resolve) => (come = resolve));
  const route = ["**/dryboot-web*.wasm", async (route) => (await held, route.continue())];
  const opened = await open(browser, { wait: "textarea.plain", route, ...options });
  return { ...opened, area: opened.page.locator("textarea.plain"), come };
}

const selected = (area) => area.evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd));

test("the first example is linted before the app and the editor are asked for", async () => {
  const { page, requests, area } = await openFirst();
  assert.match(await area.inputValue(), /^#cloud-config\n# The classic mistakes/);
  assert.ok((await problems(page).count()) > 1);
  assert.deepEqual(requests.filter((request) => /editor\.js|rules\.json/.test(request)), []);
  assert.deepEqual(await accessibilityProblems(page), []);
});

test("typing is linted without the app, for the target that is chosen", async () => {
  const { page, area } = await openFirst();
  await area.fill("#cloud-config\nhostnme: web\n");
  await settles(() => problems(page).count(), 1);
  const [[severity, , place]] = await listed(page);
  assert.deepEqual([severity, place], ["error:", "2:1"]);
  await page.getByRole("radio", { name: "Flatcar" }).check();
  await settles(async () => /Flatcar/.test(await page.locator(".reason").innerText()), true);
  await goTo(problems(page)).focus();
  await page.keyboard.press("Enter");
  assert.equal(await selected(area), "hostnme");
  await area.fill("#cloud-config\nhostname: web\n");
  await page.getByText("Nothing to complain about.").waitFor();
});

/** Runs in the page: collects what moves. */
function watchShifts() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      globalThis.shifts.push([value, ...sources.map(({ node }) => node?.className ?? node?.nodeName)]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

const SCREENS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

for (const [name, screen] of Object.entries(SCREENS)) {
  test(`nothing moves when the app and the editor come (${name})`, async () => {
    const { page, area, come } = await openFirst({ init: watchShifts, ...screen });
    const boxes = () =>
      page.evaluate(() =>
        Object.fromEntries(
          ["h1", "#target", ".tools", ".editor", ".kind", ".reason", ".counts > span", "#platform", "#view-tab-boot", "#input-tab-user-data", ".problems", ".bottom", "#settings-button"]
            .concat([...document.querySelectorAll(".problem")].flatMap((_, at) =>
              ["", " .message", " .place", " .rule", " .fix"].map((part) => `.problem:nth-child(${at + 1})${part}`),
            ))
            .map((selector) => [selector, document.querySelector(selector)?.getBoundingClientRect().toJSON()]),
        ),
      );
    const before = await boxes();
    await page.evaluate(() => (globalThis.shifts = []));
    const corner = await area.evaluate((it) => {
      const [box, style] = [it.getBoundingClientRect(), getComputedStyle(it)];
      return { x: box.x + parseFloat(style.paddingLeft), y: box.y + parseFloat(style.paddingTop) };
    });
    come();
    await page.locator(".cm-content").waitFor();
    assert.deepEqual(await boxes(), before);
    assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
    const line = await page.locator(".cm-line").first().evaluate((it) => {
      const { x, y } = it.getBoundingClientRect();
      return { x: x + parseFloat(getComputedStyle(it).paddingLeft), y };
    });
    assert.ok(Math.abs(line.x - corner.x) < 0.5 && Math.abs(line.y - corner.y) < 0.5, "the text stands where it stood");
  });
}

test("the app takes over text, target, selection, focus and report", async () => {
  const { page, area, come } = await openFirst();
  await area.fill("#cloud-config\nhostnme: web\nunitz: b\n");
  await page.getByRole("radio", { name: "Flatcar" }).check();
  await page.locator(".reason").getByText("Flatcar").waitFor();
  await settles(() => problems(page).count(), 2);
  // The whole module for it has said the same.
  await page.waitForFunction(() => !document.querySelector(".partial"));
  await page.evaluate(() => {
    const real = Worker.prototype.postMessage;
    globalThis.posted = 0;
    Worker.prototype.postMessage = function (message) {
      globalThis.posted += message[1] === "lint" ? 1 : 0;
      real.call(this, message);
    };
  });
  await area.focus();
  await area.evaluate((element) => element.setSelectionRange(14, 21));
  come();
  await page.locator(".cm-content").waitFor();
  assert.equal(await page.evaluate(() => globalThis.posted), 0, "the report is not asked for again");
  assert.equal(await page.getByRole("radio", { name: "Flatcar" }).isChecked(), true);
  assert.match(await page.locator(".reason").innerText(), /Flatcar/);
  await page.keyboard.type("hostname");
  await settles(() => text(page), "#cloud-config\nhostname: web\nunitz: b\n");
  await settles(() => problems(page).count(), 1);
});

test("the problem with the focus keeps it", async () => {
  const { page, come } = await openFirst();
  const focused = () => page.evaluate(() => document.activeElement.querySelector(".place")?.textContent);
  await goTo(problems(page).nth(1)).focus();
  const place = await focused();
  come();
  await page.locator(".cm-content").waitFor();
  assert.ok(place);
  assert.equal(await focused(), place);
});

test("the rich editor waits until the input method is done", async () => {
  const { page, area, come } = await openFirst();
  await area.evaluate((it) => it.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true })));
  come();
  await page.locator(".fix:enabled").first().waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator(".cm-content").count(), 0);
  await area.evaluate((it) => it.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })));
  await page.locator(".cm-content").waitFor();
});

test("the theme is switched without the app", async () => {
  const { page } = await openFirst({ colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await chooseTheme(page, "Light");
  assert.notEqual(await ground(), dark);
});
