// Each program has a module of its own: which one answers, and what can be chosen for it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { part } from "./boot.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { drop, listed, open, problems, settles, text, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const CLOUD_INIT = "#cloud-config\npackages: [git]\nruncmdd: []\n";
const COREOS = "#cloud-config\ncoreos:\n  units: []\nruncmdd: []\n";
const FLATCAR = "#cloud-config\n# for Flatcar\nmanage-etc-hosts: localhost\n";

const reason = (page) => page.locator(".reason").innerText();
const release = (page) => page.getByRole("combobox", { name: "Version" });
/** The choices of platforms that can be seen. */
const platforms = (page) => page.locator("select[data-program]:visible").evaluateAll((all) => all.map(({ dataset }) => dataset.program));
/** The modules of programs that were asked for, in their order. */
const modules = (requests) => requests.flatMap((request) => /dryboot-wasm-((?:cloud-init|coreos)(?:-first)?)_bg/.exec(request)?.[1] ?? []);
const rules = (page) => page.locator(".problem .rule").allInnerTexts();

/**
 * By program: a config with a problem that the small module knows and one that the whole one alone knows, and a config
 * without any.
 */
const SPLIT = {
  "cloud-init": {
    config: "#cloud-config\nruncmdd: []\nruncmd: [sudo ls]\n",
    later: "needless-sudo",
    good: "#cloud-config\nlocale: C.UTF-8\n",
  },
  coreos: {
    config: "#cloud-config\nruncmdd: []\ncoreos:\n  units:\n    - name: a.servise\n      command: start\n",
    later: "unknown-unit-suffix",
    good: "#cloud-config\ncoreos:\n  update:\n    group: stable\n",
  },
};

/** Runs in the page: collects what stands above the editor, and how many problems there are, whenever that changes. */
function watch() {
  addEventListener("DOMContentLoaded", () => {
    globalThis.seen = [];
    new MutationObserver(() => {
      const said = document.querySelector(".reason")?.textContent.split(":")[0] ?? "";
      const found = [...document.querySelectorAll(".problem .message")].map((it) => it.textContent).join("|");
      globalThis.seen.push(`${said} ${found}`);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

test("the text decides which program reads it, one after the other", async () => {
  const { page, requests, complaints } = await open(browser);
  assert.match(await reason(page), /^for cloud-init/);
  assert.deepEqual(modules(requests), ["cloud-init-first", "cloud-init"], "no other is loaded before it is needed");
  for (const [config, program, place] of [
    [CLOUD_INIT, "cloud-init", "3:1"],
    [COREOS, "Flatcar", "4:1"],
    [FLATCAR, "Flatcar", "3:1"],
    [CLOUD_INIT, "cloud-init", "3:1"],
    [FLATCAR, "Flatcar", "3:1"],
  ]) {
    await write(page, config);
    await settles(async () => (await reason(page)).split(":")[0], `for ${program}`);
    await settles(async () => (await listed(page)).map(([, , at]) => at), [place]);
  }
  await settles(() => modules(requests), ["cloud-init-first", "cloud-init", "coreos-first", "coreos"]);
  assert.deepEqual(complaints, []);
});

test("nothing is shown that mixes two programs, or lies between them", async () => {
  const { page } = await open(browser, { init: watch });
  await write(page, CLOUD_INIT);
  await settles(() => rules(page), ["unknown-key"]);
  const before = await page.evaluate(() => globalThis.seen.at(-1));
  await page.evaluate(() => (globalThis.seen = []));
  await drop(page, COREOS);
  await settles(async () => (await reason(page)).split(":")[0], "for Flatcar");
  await settles(() => rules(page), ["unknown-key"]);
  const seen = await page.evaluate(() => globalThis.seen);
  assert.deepEqual([...new Set(seen)], [before, seen.at(-1)], "the old report stays until the new one is there");
});

test("a distribution is chosen, and its version judges", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\nwrite_files:\n  - path: /opt/a\n    source:\n      uri: https://example.org/a\n");
  await settles(async () => (await page.locator("#status").innerText()), "No problems");
  await release(page).selectOption("debian-12");
  await settles(() => reason(page), "for cloud-init 22.4.2 (Debian 12)");
  assert.equal(await page.getByRole("radio", { name: "cloud-init" }).isChecked(), true, "its program comes with it");
  await settles(async () => (await listed(page)).map(([, , place]) => place), ["4:5"]);
  assert.match((await listed(page))[0][1], /`source`.*22\.4|24\.[23]/);
  await release(page).selectOption("debian-13");
  await settles(() => reason(page), "for cloud-init 25.1.4 (Debian 13)");
  await settles(() => problems(page).count(), 0);
  await release(page).selectOption("debian-12");
  await settles(() => problems(page).count(), 1);
  await page.getByRole("radio", { name: "Auto" }).check();
  await settles(async () => (await reason(page)).split(":")[0], "for cloud-init");
  await settles(() => problems(page).count(), 0);
});

test("a release is chosen as well as a distribution", async () => {
  const { page } = await open(browser);
  const groups = await release(page).locator("optgroup").evaluateAll((all) => all.map(({ label }) => label));
  assert.deepEqual(groups, ["Distributions", "Releases"]);
  await write(page, "#cloud-config\nwrite_files:\n  - path: /opt/a\n    source:\n      uri: https://example.org/a\n");
  await settles(() => page.locator("#status").innerText(), "No problems");
  await release(page).selectOption({ label: "cloud-init 22.4.2" });
  await settles(() => reason(page), "for cloud-init 22.4.2");
  await settles(async () => (await listed(page)).map(([, , place]) => place), ["4:5"]);
  await release(page).selectOption({ label: "cloud-init 25.3" });
  await settles(() => reason(page), "for cloud-init 25.3");
  await settles(() => problems(page).count(), 0);
  await page.waitForTimeout(500);
  await page.reload();
  await page.locator("html[data-first-lint] .cm-content").waitFor();
  assert.equal(await release(page).inputValue(), "cloud-init@25.3");
  assert.equal(await reason(page), "for cloud-init 25.3");
});

test("what else there is to choose depends on the program", async () => {
  const { page } = await open(browser);
  const choices = async () => [await release(page).isVisible(), ...(await platforms(page))];
  assert.deepEqual(await choices(), [true, "cloud-init"]);
  await write(page, COREOS);
  await settles(choices, [false, "coreos"]);
  await page.getByRole("radio", { name: "cloud-init" }).check();
  await settles(choices, [true, "cloud-init"]);
  assert.match(await reason(page), /cloud-init/);
});

test("the target is chosen by keyboard, and survives a reload", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "Auto" }).focus();
  await page.keyboard.press("ArrowRight");
  await settles(() => page.getByRole("radio", { name: "cloud-init" }).isChecked(), true);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "release");
  await release(page).selectOption("ubuntu-24.04");
  await settles(async () => /Ubuntu 24\.04/.test(await reason(page)), true);
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.waitForTimeout(500);
  await page.reload();
  await page.locator("html[data-first-lint] .cm-content").waitFor();
  assert.equal(await release(page).inputValue(), "ubuntu-24.04");
  assert.equal(await page.getByRole("radio", { name: "cloud-init" }).isChecked(), true);
  assert.match(await reason(page), /Ubuntu 24\.04/);
});

test("a page that is opened again begins with the program of its text", async () => {
  const { page, requests } = await open(browser);
  await write(page, COREOS);
  await settles(async () => (await reason(page)).split(":")[0], "for Flatcar");
  await page.waitForTimeout(500);
  const before = modules(requests).length;
  await page.reload();
  await page.locator("html[data-first-lint] .cm-content").waitFor();
  assert.match(await reason(page), /^for Flatcar/);
  await settles(() => modules(requests).slice(before), ["coreos-first", "coreos"]);
});

const TEMPLATE = `## template: jinja
#cloud-config
write_files:
  - path: /etc/where
    content: "{{ v1.instance_id }}"
users:
  - default
  - name: ops
    ssh_authorized_keys: [ssh-ed25519 AAAA me]
`;

test("the boot of cloud-init shows its stages, and what a template writes leads back to its lines", async () => {
  const { page, complaints } = await open(browser);
  await write(page, TEMPLATE);
  await page.getByRole("tab", { name: "Boot" }).click();
  await page.locator(".verdict").waitFor();
  assert.match(await page.locator(".verdict").innerText(), /^Succeeds.*cloud-init 26\.2.*NoCloud/s);
  for (const stage of ["Local stage", "Network stage", "Config stage", "Final stage"]) {
    await page.getByText(stage, { exact: true }).waitFor();
  }
  const effect = page.locator(".effect", { hasText: "Writes /etc/where" }).first();
  await effect.getByRole("button", { name: /line/ }).first().click();
  await settles(() => page.evaluate(() => getSelection().toString().includes("/etc/where")), true);
  await part(page, "Users");
  await page.getByText("ops", { exact: true }).first().waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.deepEqual(complaints, []);
});

test("a boot follows the program of the text", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Boot" }).click();
  await settles(async () => /cloud-init/.test(await page.locator(".verdict").innerText()), true);
  await write(page, COREOS);
  await settles(async () => /Flatcar/.test(await page.locator(".verdict").innerText()), true);
  await write(page, CLOUD_INIT);
  await settles(async () => /cloud-init/.test(await page.locator(".verdict").innerText()), true);
  // Later boots and other versions are there to compare with, whatever the platform.
  await settles(() => page.getByLabel("Compare with").count(), 1);
});

/** Opens the page while the whole module of a program is dealt with by `handle`. */
async function openSplit(program, handle, init) {
  const route = [`**/dryboot-wasm-${program}_bg.wasm`, handle];
  const opened = await open(browser, { wait: null, init, route });
  await opened.page.locator("html[data-first-lint] .cm-content").waitFor();
  return opened;
}

for (const [program, { config, later, good }] of Object.entries(SPLIT)) {
  test(`the small module gives the first verdict, and the whole one adds to it without a flash (${program})`, async () => {
    let come;
    const held = new Promise((resolve) => (come = resolve));
    const { page } = await openSplit(program, async (route) => (await held, route.continue()), watch);
    await write(page, config);
    await settles(() => rules(page), ["unknown-key"]);
    await page.locator(".partial").getByText("Checking more rules").waitFor();
    const first = await page.evaluate(() => {
      globalThis.first = document.querySelector(".problem");
      globalThis.seen = [];
      return globalThis.first.querySelector(".message").textContent;
    });
    come();
    await settles(async () => (await rules(page)).sort(), [later, "unknown-key"].sort());
    assert.equal(await page.locator(".partial").count(), 0);
    const { seen, stays } = await page.evaluate(() => ({ seen: globalThis.seen, stays: globalThis.first.isConnected }));
    assert.ok(stays, "what was there is not drawn again");
    assert.deepEqual(seen.filter((shown) => !shown.includes(first)), [], "nothing is taken away in between");
  });

  test(`without the whole module, the first rules are checked, and the page says that there are others (${program})`, async () => {
    const { page } = await openSplit(program, (route) => route.abort());
    await write(page, config);
    await settles(() => rules(page), ["unknown-key"]);
    await page.locator(".partial").getByText("Some rules could not be loaded").waitFor();
    assert.match(await page.locator(".counts").innerText(), /still checking/);
    await write(page, good);
    await settles(() => problems(page).count(), 0);
    assert.equal(await page.locator(".counts .fine, .calm").count(), 0, "never to be mistaken for the good news");
    assert.deepEqual(await accessibilityProblems(page), []);
    const [[, other]] = Object.entries(SPLIT).filter(([name]) => name !== program);
    await write(page, other.good);
    await page.locator(".calm").getByText("Nothing to complain about.").waitFor();
    assert.equal(await page.locator(".partial").count(), 0);
  });
}

test("without the module of a program, the page says that nothing is checked, and goes on with the other", async () => {
  const { page } = await open(browser, { route: ["**/dryboot-wasm-coreos*.wasm", (route) => route.abort()] });
  await write(page, COREOS);
  await page.getByRole("alert").getByText("could not be loaded").waitFor();
  await page.locator(".problems .not-checked").waitFor();
  assert.equal(await text(page), COREOS);
  await write(page, CLOUD_INIT);
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await settles(() => rules(page), ["unknown-key"]);
  await settles(() => page.getByRole("alert").innerText(), "");
});
