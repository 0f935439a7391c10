// The languages of the interface: complete, chosen by the browser, and changed at any time.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { LANGUAGES } from "../../web/js/language.js";
import { usedTexts } from "../../web/languages/used.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { editor, open, settles, text, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const folder = new URL("../../web/languages/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const textsOf = (file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
const namesIn = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

const language = (page) => page.locator("html").getAttribute("lang");
const tab = (page, name) => page.getByRole("tab", { name });

async function choose(page, name) {
  await page.locator("#settings-button").click();
  await page.getByRole("radio", { name }).check();
  await page.keyboard.press("Escape");
}

test("every language has every text of the interface, and no other", () => {
  assert.deepEqual(["en.json", ...files].sort(), LANGUAGES.map((name) => `${name}.json`).sort());
  const used = usedTexts();
  for (const file of files) {
    const texts = textsOf(file);
    assert.deepEqual([...used].filter((text) => !texts[text]), [], `missing in ${file}`);
    assert.deepEqual(Object.keys(texts).filter((text) => !used.has(text)), [], `not used, in ${file}`);
  }
});

test("a translation has the forms and the values of its text", () => {
  for (const [text, translation] of files.flatMap((file) => Object.entries(textsOf(file)))) {
    const [forms, translated] = [text, translation].map((it) => it.split("|"));
    assert.equal(translated.length, forms.length, text);
    forms.forEach((form, at) => assert.deepEqual(namesIn(translated[at]), namesIn(form), text));
  }
});

test("the page speaks the first language of the browser that it knows", async () => {
  const { page, complaints } = await open(browser, { locale: "de-AT" });
  assert.equal(await language(page), "de");
  assert.match(await page.title(), /^dryboot – wissen/);
  await tab(page, "Probleme").waitFor();
  assert.equal(await page.locator(".counts").first().innerText().then((words) => words.replace(/\s+/g, " ")), "2 Fehler 2 Warnungen 1 Hinweis");
  assert.equal(await page.locator(".problem .message").first().getAttribute("lang"), "en");
  assert.deepEqual(complaints, []);
  const { page: french } = await open(browser, { locale: "fr" });
  assert.equal(await language(french), "en");
});

test("another language is spoken at once, and still after a reload", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\nhostnme: web\n");
  await page.getByText("1 error").or(page.locator(".counts .error")).first().waitFor();
  await choose(page, "Deutsch");
  await tab(page, "Probleme").waitFor();
  await tab(page, "Boot").click();
  await page.locator(".verdict-about").getByText(" auf ").waitFor();
  assert.equal(await text(page), "#cloud-config\nhostnme: web\n");
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+F");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+Z");
  assert.notEqual(await text(page), "#cloud-config\nhostnme: web\n", "what was typed before can still be undone");

  await page.reload();
  await page.locator("html[data-first-lint] .cm-content").waitFor();
  await tab(page, "Probleme").waitFor();
  await choose(page, "English");
  await tab(page, "Problems").waitFor();
  assert.equal(await language(page), "en");
  assert.match(await page.locator("footer").innerText(), /Your text stays in this page/);
});

test("what is said in passing changes its language, too", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\nruncmdd: []\n");
  await page.getByRole("button", { name: "Examples" }).click();
  await page.locator("#examples .menu-item").last().click();
  const notice = page.locator("#notice p");
  await settles(() => notice.innerText(), "Opened an example instead of your text.");
  await choose(page, "Deutsch");
  await settles(() => notice.innerText(), textsOf("de.json")["Opened an example instead of your text."]);
});

test("a language that cannot be loaded leaves the page as it is", async () => {
  const { page } = await open(browser, { locale: "de", route: ["**/de.json", (route) => route.abort()] });
  assert.equal(await language(page), "en");
  assert.equal(await page.locator("#languages [value=en]").isChecked(), true);
});

/** Everything between brackets: what is not has not come from the language. */
const bracketed = (route) => route.fulfill({ json: Object.fromEntries(Object.keys(textsOf("de.json")).map((text) => [text, text.split("|").map((form) => `⟦${form}⟧`).join("|")])) });

/** Names, and what programs and the user say, stay as they are. */
const NAMES = "[lang=en], [translate=no], code, pre, textarea, option, .rule, .path, .place, .who, .leaf-name, .reads, .node, .cm-content, .kind, .reason, .keyring, .listed-by, .edge, noscript";

/** The texts of the page that are in no brackets. */
const unspoken = (page) =>
  page.evaluate((names) => {
    const isLetters = (text) => /^[^/]*[a-z]{2,}/i.test(text) && !text.includes("⟦");
    const found = [];
    const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (isLetters(data) && !parentElement.closest(names)) {
        found.push(data);
      }
    }
    for (const element of document.querySelectorAll("#app [aria-label], #app [title]")) {
      const { ariaLabel, title } = element;
      found.push(...[ariaLabel, title].filter((label) => label && isLetters(label) && !element.closest(names)));
    }
    return found;
  }, NAMES);

test("nothing on the page is written past the languages", async () => {
  const { page } = await open(browser, { locale: "de", route: ["**/de.json", bracketed] });
  assert.deepEqual(await unspoken(page), []);
  await page.locator("#help [id=rules]").evaluate((it) => it.click());
  await page.locator(".explanation .rules").waitFor();
  assert.deepEqual(await unspoken(page), []);
  await page.locator(".explanation .square").click();
  for (const text of ["", "#cloud-config\nhostname: web\n", "hello", "#cloud-config\na: b: c\n"]) {
    await write(page, text);
    await page.waitForTimeout(500);
    assert.deepEqual(await unspoken(page), [], text);
  }
  await page.locator("#file").evaluate((it) => it.showPopover());
  await page.locator("#file .menu-size").first().waitFor();
  assert.deepEqual(await unspoken(page), []);
  await page.locator("#file").evaluate((it) => it.hidePopover());
});

const TEXTS = {
  "cloud-init": "#cloud-config\nhostname: web\nusers:\n  - name: ada\n    ssh_authorized_keys: [ssh-ed25519 AAAA ada]\npackages: [nginx]\nruncmd: [\"false\"]\n",
  CoreOS: "#cloud-config\nhostname: $public_ipv4\ncoreos:\n  units:\n    - name: a.service\n      command: start\n      content: |\n        [Unit]\n        After=b.service\n        [Service]\n        ExecStart=/bin/true\n",
};

for (const [program, text] of Object.entries(TEXTS)) {
  test(`nothing in the views of a boot and of images is written past the languages (${program})`, async () => {
    const { page } = await open(browser, { locale: "de", route: ["**/de.json", bracketed] });
    await page.locator("#target").getByRole("radio", { name: program, exact: true }).check();
    await write(page, text);
    await page.locator("#view-tab-boot").click();
    await page.locator(".timeline").waitFor();
    for (const tab of await page.locator(".sub-bar [role=tab]").all()) {
      await tab.click();
      await page.waitForTimeout(400);
      assert.deepEqual(await unspoken(page), [], await tab.innerText());
    }
    await page.locator("#view-tab-image").click();
    await page.locator(".options > summary").click();
    assert.deepEqual(await unspoken(page), []);
  });
}

for (const [name, screen] of Object.entries({ wide: {}, phone: { viewport: { width: 320, height: 700 } }, dark: { colorScheme: "dark" } })) {
  test(`the German page has no fault of accessibility, and fits (${name})`, async () => {
    const { page } = await open(browser, { locale: "de", ...screen });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.ok(await fits());
    await page.locator("#settings-button").click();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.keyboard.press("Escape");
    await page.locator("#pane-findings").evaluate((it) => it.click());
    for (const view of ["Boot", "Image prüfen"]) {
      await tab(page, view).click();
      await page.locator(view === "Boot" ? ".timeline" : ".welcome").waitFor();
      assert.deepEqual(await accessibilityProblems(page), []);
      assert.ok(await fits());
    }
  });
}
