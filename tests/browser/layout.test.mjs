// The page on screens that are small, low or in forced colours, and on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boot, effect } from "./boot.mjs";
import { launch } from "./harness.mjs";
import { editor, goTo, open, openBeside, pane, problems, settles, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const PHONE = { width: 390, height: 844 };
const FLATCAR = "#cloud-config\nhostname: web\ncoreos:\n  units:\n    - name: docker.service\n      command: start\n";

/** Whether all of an element's text can be read without scrolling sideways. */
const isWhole = (locator) =>
  locator.evaluate((it) => {
    const { left, right } = it.getBoundingClientRect();
    return it.scrollWidth <= it.clientWidth + 1 && left >= 0 && right <= innerWidth;
  });

/** The contrast between two colours, as WCAG 2.2 has it. */
function contrast(one, other) {
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Runs in the page: adds up what moves by itself, as Cumulative Layout Shift does. */
function sumShifts() {
  globalThis.shifts = 0;
  const add = ({ hadRecentInput, value }) => (globalThis.shifts += hadRecentInput ? 0 : value);
  new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift", buffered: true });
}

for (const [screen, viewport] of Object.entries({ phone: PHONE, desktop: { width: 1280, height: 800 } })) {
  for (const locale of ["en", "de"]) {
    test(`nothing moves much while the page loads (${screen}, ${locale})`, async () => {
      const { page } = await open(browser, { viewport, locale, init: sumShifts });
      const shifts = await page.evaluate(() => globalThis.shifts);
      assert.ok(shifts < 0.1, `${shifts}`);
    });
  }
}

test("a phone shows one pane at a time, and the one that something leads to", async () => {
  const { page } = await open(browser, { viewport: PHONE });
  const height = async (selector) => (await page.locator(selector).boundingBox())?.height ?? 0;
  assert.ok((await height(".editor-pane")) > 500);
  assert.equal(await height(".view"), 0);
  const [brand, tools] = await Promise.all([".brand h1", ".tools"].map((part) => page.locator(part).boundingBox()));
  assert.ok(brand.x + brand.width <= tools.x, "the name and the menus are beside each other");
  assert.match(await page.locator(".tally").innerText(), /2/);
  const results = page.getByRole("radio", { name: /^Results/ });
  await results.check();
  assert.ok((await height(".view")) > 500);
  assert.equal(await height(".editor-pane"), 0);
  await goTo(problems(page).first()).click();
  await settles(() => editor(page).isVisible(), true);
  await results.check();
  await page.locator(".rule").first().click();
  await page.locator(".explanation").waitFor();
  assert.ok((await height(".explanation")) > 500);
});

test("the reason for the target can be read on a narrow page", async () => {
  for (const viewport of [PHONE, { width: 900, height: 700 }, { width: 700, height: 900 }]) {
    const { page } = await open(browser, { viewport });
    await write(page, FLATCAR);
    const reason = page.locator(".reason");
    await settles(async () => /Flatcar is the one that is still in use/.test(await reason.innerText()), true);
    await page.locator("#platform").selectOption("ec2-compat");
    assert.ok(await isWhole(reason), JSON.stringify(viewport));
    await page.close();
  }
});

test("the choice of what to compare with keeps its size", async () => {
  for (const viewport of [PHONE, { width: 900, height: 700 }, { width: 1280, height: 800 }]) {
    const { page } = await open(browser, { viewport });
    await boot(page, FLATCAR, "ec2-compat");
    const choice = page.getByRole("combobox", { name: "Compare with" });
    for (const other of ["", "platform/rackspace-onmetal"]) {
      await choice.selectOption(other);
      const box = await choice.boundingBox();
      assert.ok(box.width >= 120 && box.x + box.width <= viewport.width, JSON.stringify({ viewport, box }));
    }
    await page.close();
  }
});

test("the tabs of the results fit with findings of each severity, in both languages", async () => {
  const text =
    "#cloud-config\npackage_upgrade: yes please\nusers:\n  - name: app\n    passwd: secret\nwrite_files:\n" +
    "  - path: etc/app.conf\n    permissions: 644\n    content: |\n      a=b\nruncmd:\n" +
    '  - apt-get install nginx\n  - [systemctl, restart, "nginx", "&&", reboot]\n';
  for (const locale of ["en-US", "de-DE"]) {
    const { page } = await open(browser, { locale });
    await write(page, text);
    await page.locator(".fix-all").waitFor();
    await settles(() => page.locator(".tab > .counts > span").count(), 3);
    for (const width of [830, 960, 1024, 1280, 1366, 1440, 1680]) {
      await page.setViewportSize({ width, height: 800 });
      const cut = () => page.locator(".view .pane-bar").evaluate((bar) => bar.scrollWidth - bar.clientWidth);
      await settles(cut, 0);
    }
    await page.close();
  }
});

test("below 500 px of height the page scrolls, and its panes stay usable", async () => {
  // A low window, a phone on its side, and a small laptop at 200 and 400 %.
  for (const [width, height] of [[1280, 360], [812, 375], [640, 400], [320, 200]]) {
    const { page } = await open(browser, { viewport: { width, height } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight > innerHeight), `${width}`);
    const usable = async (pane) => assert.ok((await pane.boundingBox()).height >= 300, `${width} ${pane}`);
    await usable(page.locator(".editor-pane"));
    if (width <= 640) {
      await pane(page, "Results");
    }
    await usable(page.locator(".view"));
    await page.getByRole("tab", { name: "Boot" }).click();
    await usable(page.locator(".view"));
    await page.locator(".bottom").scrollIntoViewIfNeeded();
    assert.ok(await page.getByRole("button", { name: "Your text stays in this page" }).isVisible());
    await page.close();
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`borders of controls and what is chosen stand out (${colorScheme})`, async () => {
    const { page } = await open(browser, { colorScheme });
    const colours = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      const ground = style("html").backgroundColor;
      const surface = style(".pane").backgroundColor;
      return {
        segments: [style(".segments").borderTopColor, ground],
        select: [style("#release").borderTopColor, ground],
        fix: [style(".fix.unsafe").borderTopColor, surface],
        chosen: [style(".segment input:checked + span").backgroundColor, style(".segments").backgroundColor],
        tab: [style(".tab[aria-selected=true]").color, surface],
      };
    });
    for (const [name, [colour, around]] of Object.entries(colours)) {
      assert.ok(contrast(colour, around) >= 3, `${name}: ${colour} on ${around}`);
    }
  });
}

test("forced colours keep what is chosen, the tabs and the marks", async () => {
  const { page } = await open(browser, { forcedColors: "active" });
  const seen = await page.evaluate(() => {
    const root = document.querySelector(".rich").shadowRoot;
    const style = (it, pseudo) => getComputedStyle(it, pseudo);
    const chosen = style(document.querySelector(".segment input:checked + span")).backgroundColor;
    const other = style(document.querySelector(".segment input:not(:checked) + span")).backgroundColor;
    const line = style(document.querySelector(".tab[aria-selected=true]"), "::after");
    const marker = style(root.querySelector(".cm-lint-marker-error")).backgroundColor;
    const ground = style(document.querySelector(".pane")).backgroundColor;
    return { chosen, other, line: [line.borderTopWidth, line.borderTopStyle], marker, ground };
  });
  assert.notEqual(seen.chosen, seen.other);
  assert.deepEqual(seen.line, ["2px", "solid"]);
  assert.notEqual(seen.marker, seen.ground);
});

test("a failure that is tried moves nothing, and the verdict stays in view", async () => {
  const { page } = await open(browser, { viewport: { width: 1280, height: 600 } });
  const units = ["a", "b", "c", "d"].map((name) => `    - name: ${name}.service\n      enable: true\n      content: |\n        [Service]\n        ExecStart=/usr/bin/true\n`);
  await boot(page, `#cloud-config\nhostname: web\ncoreos:\n  units:\n${units.join("")}`, "ec2-compat");
  const button = effect(page, "Set the host name").getByRole("button", { name: /^What if it fails/ });
  await button.scrollIntoViewIfNeeded();
  await page.locator("#view-panel").evaluate((panel) => (panel.scrollTop += 40));
  const top = async () => Math.round((await effect(page, "Set the host name").locator(".go").boundingBox()).y);
  const before = await top();
  assert.ok(before > 0);
  await button.click();
  await settles(() => page.locator(".verdict-word").innerText(), "Fails with exit code 1");
  // Its own step says that it fails in a line of its own.
  const moved = (await top()) - before;
  assert.ok(Math.abs(moved) <= 24, `moved by ${moved} px`);
  const inView = (selector) =>
    page.locator(selector).evaluate((it) => {
      const [inner, outer] = [it.getBoundingClientRect(), document.querySelector("#view-panel").getBoundingClientRect()];
      return inner.top >= outer.top && inner.bottom <= outer.bottom + 1;
    });
  assert.ok(await inView(".verdict"));
  assert.ok(await inView(".whatifs"));
});

test("on paper the whole story is there, in dark letters", async () => {
  const { page } = await open(browser, { colorScheme: "dark" });
  await boot(page, `#cloud-config\n${"# a comment\n".repeat(120)}hostname: web\n`, "ec2-compat");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((it) => /auto|scroll|hidden/.test(getComputedStyle(it).overflowY) && it.scrollHeight > it.clientHeight + 1)
      .filter((it) => !it.closest(".visually-hidden, svg") && it.clientHeight > 0)
      .map((it) => it.className),
  );
  assert.deepEqual(cut, []);
  const ink = await page.locator(".verdict-about").evaluate((it) => getComputedStyle(it).color);
  assert.ok(contrast(ink, "rgb(255, 255, 255)") >= 4.5, ink);
  const story = await page.evaluate(() => ({
    lines: document.querySelector("#editor .rich").shadowRoot.querySelectorAll(".cm-line").length,
    stages: document.querySelector(".timeline").offsetHeight > 0,
  }));
  assert.ok(story.lines >= 120 && story.stages, JSON.stringify(story));
  assert.ok(await page.getByText("convert the network configuration").first().isVisible());
});

test("every control is large enough for a finger", async () => {
  const { page } = await open(browser);
  const small = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("button, select, summary, input:not(.visually-hidden), textarea, [role=treeitem]")]
        .filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.closest("[hidden]"))
        .map((it) => [it.textContent.trim() || it.id, it.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 24 || height < 23.5)
        .map(([words, { width, height }]) => `${words}: ${width} × ${height}`),
    );
  assert.deepEqual(await small(), []);
  await boot(page, FLATCAR, "ec2-compat");
  for (const name of ["Stages", "Files", "Users", "Units", "Network", "Log"]) {
    await page.getByRole("tablist", { name: "Boot" }).getByRole("tab", { name }).click();
    assert.deepEqual(await small(), [], name);
  }
  await openBeside(page, "Metadata");
  await page.getByRole("tab", { name: "Verify image" }).click();
  await page.getByText("Options").click();
  assert.deepEqual(await small(), []);
});
