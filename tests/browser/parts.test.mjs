// The parts of a text as tabs: a MIME message, an archive.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { effect } from "./boot.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { chooseTheme, cursor, drop, editor, goTo, open, pane, problems, settles, text, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const part = (type, name, text, ...headers) =>
  [`--b`, `Content-Type: ${type}`, ...(name ? [`Content-Disposition: attachment; filename="${name}"`] : []), ...headers, "", text].join("\n");
const message = (...parts) => ['Content-Type: multipart/mixed; boundary="b"', "MIME-Version: 1.0", "", ...parts, "--b--", ""].join("\n");
const base64 = (text) => Buffer.from(text).toString("base64").replace(/.{76}/g, "$&\n");

const SCRIPT = "#!/bin/sh\necho one";
const CONFIG = "#cloud-config\nruncmdd: [ls]";
const MESSAGE = message(part("text/x-shellscript", "a.sh", SCRIPT), part("text/cloud-config", "base.yaml", CONFIG));
const DECODED = "#cloud-config\nruncmdd: []\nhostnme: web\n";
const ENCODED = message(
  part("text/cloud-config", "", "#cloud-config\nusrs: []"),
  part("text/cloud-config", "", base64(DECODED), "Content-Transfer-Encoding: base64"),
);

const row = (page) => page.getByRole("tablist", { name: "Parts of the text" });
const tab = (page, name) => row(page).getByRole("tab", { name });
const tabs = async (page) => (await row(page).getByRole("tab").allInnerTexts()).map((words) => words.replace(/\s+/g, " ").trim());
const chosen = async (page) => (await row(page).getByRole("tab", { selected: true }).innerText()).split("\n")[0];
const rules = (page) => problems(page).locator(".rule").allInnerTexts();
const lineNumbers = (page) => page.locator("#editor .cm-lineNumbers .cm-gutterElement").evaluateAll((all) => all.filter((it) => it.offsetHeight > 0).map((it) => it.innerText));
const decodedText = async (page) => (await page.locator("#decoded-part .cm-line").allInnerTexts()).map((line) => line.replace(/\n$/, "")).join("\n");
/** The whole text, whatever is shown of it: as the page keeps it. */
const wholeText = async (page) => {
  await tab(page, "Whole text").click();
  return text(page);
};

async function opened(content, context) {
  const { page, complaints } = await open(browser, context);
  await pane(page, "Config");
  await write(page, content);
  await row(page).waitFor();
  return { page, complaints };
}

test("a message has a tab for each part, with its problems, and a part is shown alone", async () => {
  const { page, complaints } = await opened(MESSAGE);
  await settles(() => tabs(page), ["Whole text", "a.sh", "base.yaml 1 error"]);
  assert.equal(await chosen(page), "Whole text");
  assert.equal(await text(page), MESSAGE);
  assert.deepEqual(await accessibilityProblems(page), []);

  await tab(page, "base.yaml").click();
  await settles(() => text(page), CONFIG);
  assert.equal(await chosen(page), "base.yaml");
  const first = MESSAGE.split("\n").indexOf("#cloud-config") + 1;
  await settles(() => lineNumbers(page), [String(first), String(first + 1)]);
  assert.equal(await page.locator(".cm-lintRange-error").innerText(), "runcmdd");
  assert.equal(await editor(page).count(), 1);
  assert.deepEqual(await accessibilityProblems(page), []);

  await tab(page, "a.sh").click();
  await settles(() => text(page), SCRIPT);
  await tab(page, "Whole text").click();
  await settles(() => text(page), MESSAGE);
  assert.deepEqual(complaints, []);
});

test("what is written in a part stands in the whole text", async () => {
  const { page } = await opened(MESSAGE);
  await tab(page, "base.yaml").click();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("\nhostname: web\n");
  await settles(() => text(page), `${CONFIG}\nhostname: web\n`);
  await page.getByRole("button", { name: /^Try: .*runcmd/ }).click();
  await settles(() => text(page), `${CONFIG.replace("runcmdd", "runcmd")}\nhostname: web\n`);
  await settles(() => tabs(page), ["Whole text", "a.sh", "base.yaml"]);
  assert.equal(await chosen(page), "base.yaml");
  assert.equal(await wholeText(page), MESSAGE.replace("runcmdd: [ls]", "runcmd: [ls]\nhostname: web\n"));
});

test("nothing that is hidden is selected, moved or deleted", async () => {
  const { page } = await opened(MESSAGE);
  await tab(page, "base.yaml").click();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  for (const key of ["Backspace", "ControlOrMeta+Backspace", "ArrowUp", "PageUp", "Alt+ArrowUp"]) {
    await page.keyboard.press(key);
  }
  await page.keyboard.press("ControlOrMeta+End");
  for (const key of ["Delete", "ControlOrMeta+Delete", "ArrowDown", "PageDown", "Alt+ArrowDown"]) {
    await page.keyboard.press(key);
  }
  assert.equal(await text(page), CONFIG);
  await page.keyboard.press("ControlOrMeta+A");
  assert.equal((await cursor(page)).selected, CONFIG);
  await page.keyboard.type("#cloud-config");
  await settles(() => text(page), "#cloud-config");
  assert.equal(await wholeText(page), MESSAGE.replace(CONFIG, "#cloud-config"));
});

test("what leads to a place elsewhere shows the part that has it", async () => {
  const other = part("text/cloud-config", "other.yaml", "#cloud-config\nusrs: []\nhostnme: web");
  const { page } = await opened(message(part("text/cloud-config", "base.yaml", CONFIG), other));
  await settles(async () => (await rules(page)).length, 3);
  await tab(page, "base.yaml").click();
  // A problem of the list.
  await goTo(problems(page).filter({ hasText: "usrs" })).click();
  await settles(() => chosen(page), "other.yaml");
  await settles(async () => (await cursor(page)).focused, true);
  // Keys.
  await page.keyboard.press("F8");
  await page.keyboard.press("F8");
  await settles(() => chosen(page), "base.yaml");
  await page.keyboard.press("Shift+F8");
  await settles(() => chosen(page), "other.yaml");
  // A fix.
  await page.getByRole("button", { name: /^Try: .*runcmd/ }).click();
  await settles(() => chosen(page), "base.yaml");
  await settles(() => text(page), CONFIG.replace("runcmdd", "runcmd"));
  // Undo.
  await tab(page, "other.yaml").click();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await settles(() => chosen(page), "base.yaml");
  await settles(() => text(page), CONFIG);
  // A match, in a part and between the parts.
  await page.keyboard.press("ControlOrMeta+f");
  await page.keyboard.type("hostnme");
  await page.keyboard.press("Enter");
  await settles(() => chosen(page), "other.yaml");
  await page.getByRole("textbox", { name: "Find" }).selectText();
  await page.keyboard.type('filename="base');
  await page.keyboard.press("Enter");
  await settles(() => chosen(page), "Whole text");
});

test("an effect in the Boot view shows the part that it is due to", async () => {
  const written = "#cloud-config\nwrite_files:\n  - path: /srv/one\n    content: x";
  const { page } = await opened(message(part("text/x-shellscript", "a.sh", SCRIPT), part("text/cloud-config", "base.yaml", written)));
  await tab(page, "a.sh").click();
  await page.getByRole("tab", { name: "Boot" }).click();
  await effect(page, "/srv/one").first().locator(".go").click();
  await settles(() => chosen(page), "base.yaml");
});

test("the tabs work by keyboard", async () => {
  const { page } = await opened(MESSAGE);
  await tab(page, "Whole text").focus();
  await page.keyboard.press("ArrowRight");
  await settles(() => chosen(page), "a.sh");
  await page.keyboard.press("End");
  await settles(() => chosen(page), "base.yaml");
  await page.keyboard.press("ArrowRight");
  await settles(() => chosen(page), "Whole text");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  await settles(() => chosen(page), "Whole text");
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  assert.equal((await cursor(page)).focused, true);
  const panel = page.locator("#editor");
  assert.equal(await panel.getAttribute("aria-labelledby"), "input-tab-user-data part-tab-1");
});

test("a part in base64 is shown decoded, and cannot be edited", async () => {
  const { page, complaints } = await opened(ENCODED);
  await settles(() => tabs(page), ["Whole text", "cloud-config 1 1 error", "cloud-config 2 2 errors"]);
  await tab(page, "cloud-config 2").click();
  await settles(() => decodedText(page), DECODED);
  await page.getByText("This part is base64 in the text. It is shown decoded, and cannot be edited here.").waitFor();
  assert.equal(await page.locator("#editor").isVisible(), false);
  await page.locator("#taken-for").waitFor();
  await settles(() => page.locator("#decoded-part .cm-lintRange-error").allInnerTexts(), ["runcmdd", "hostnme"]);
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.locator("#decoded-part .cm-content").focus();
  await page.keyboard.type("x");
  assert.equal(await decodedText(page), DECODED);

  // Problems lead to their places in it.
  await goTo(problems(page).filter({ hasText: "hostnme" })).click();
  await settles(() => cursor(page, "#decoded-part"), { line: 3, selected: "hostnme", focused: true });
  await goTo(problems(page).filter({ hasText: "usrs" })).click();
  await settles(() => chosen(page), "cloud-config 1");
  await settles(() => text(page), "#cloud-config\nusrs: []");
  await settles(async () => (await cursor(page)).focused, true);
  await page.keyboard.press("F8");
  await settles(() => cursor(page, "#decoded-part"), { line: 2, selected: "runcmdd", focused: true });
  await page.keyboard.press("F8");
  await settles(() => cursor(page, "#decoded-part"), { line: 3, selected: "hostnme", focused: true });
  await page.keyboard.press("F8");
  await settles(() => chosen(page), "cloud-config 1");
  assert.equal(await wholeText(page), ENCODED);
  assert.deepEqual(complaints, []);
});

const ARCHIVE = '#cloud-config-archive\n- content: |\n    #!/bin/sh\n    echo a\n- content: |\n    #cloud-config\n    usrs: []\n- "#!/bin/sh\\necho b\\n"\n';

test("an archive keeps its parts while it is not valid YAML", async () => {
  const { page, complaints } = await opened(ARCHIVE);
  await tab(page, "cloud-config").click();
  await settles(() => text(page), "    #cloud-config\n    usrs: []");
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("\n}");
  await settles(() => rules(page), ["malformed-archive"]);
  assert.deepEqual(await tabs(page), ["Whole text", "script 1", "cloud-config", "script 2"]);
  assert.equal(await chosen(page), "cloud-config");
  assert.equal(await text(page), "    #cloud-config\n    usrs: []\n}");
  await tab(page, "script 2").click();
  await settles(() => decodedText(page), "#!/bin/sh\necho b\n");
  await tab(page, "cloud-config").click();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await settles(() => tabs(page), ["Whole text", "script 1", "cloud-config 1 error", "script 2"]);
  await drop(page, "#cloud-config\n}");
  await settles(() => row(page).count(), 0);
  assert.deepEqual(complaints, []);
});

test("the items of an archive are parts, and another text ends what is shown of them", async () => {
  const { page } = await opened(ARCHIVE);
  await settles(() => tabs(page), ["Whole text", "script 1", "cloud-config 1 error", "script 2"]);
  await tab(page, "cloud-config").click();
  await settles(() => text(page), "    #cloud-config\n    usrs: []");
  await tab(page, "script 2").click();
  await settles(() => decodedText(page), "#!/bin/sh\necho b\n");
  await page.getByText("This part is encoded in the text.").waitFor();
  await drop(page, "#cloud-config\nhostname: dropped\n");
  await settles(() => text(page), "#cloud-config\nhostname: dropped\n");
  await settles(() => row(page).count(), 0);
  await page.locator("#notice").getByRole("button", { name: "Undo" }).click();
  await settles(() => text(page), ARCHIVE);
  await settles(() => chosen(page), "Whole text");
});

test("a text without parts has no tabs for them, nor has one with a single part", async () => {
  const { page } = await open(browser);
  const gap = () => page.evaluate(() => {
    const [above, below] = ["taken-for", "editor"].map((id) => document.getElementById(id).getBoundingClientRect());
    return below.top - above.bottom;
  });
  assert.equal(await gap(), 0);
  await write(page, message(part("text/cloud-config", "base.yaml", CONFIG)));
  await settles(() => rules(page), ["unknown-key"]);
  assert.equal(await row(page).count(), 0);
  assert.equal(await gap(), 0);
});

test("the tabs fit into every look and width", async () => {
  const many = message(...["a", "b", "c", "d", "e", "f"].map((name) => part("text/cloud-config", `${name}-with-a-long-name.yaml`, CONFIG)));
  const { page } = await opened(many, { viewport: { width: 320, height: 640 } });
  await settles(async () => (await tabs(page)).length, 7);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await tab(page, "Whole text").focus();
  await page.keyboard.press("End");
  await settles(() => text(page), CONFIG);
  const last = tab(page, "f-with-a-long-name.yaml");
  const within = () => last.evaluate((tab) => tab.getBoundingClientRect().right <= innerWidth && tab.getBoundingClientRect().left >= 0);
  await settles(within, true);
  for (const theme of ["Dark", "Light"]) {
    await chooseTheme(page, theme);
    assert.deepEqual(await accessibilityProblems(page), [], theme);
  }
  await page.emulateMedia({ forcedColors: "active" });
  assert.deepEqual(await accessibilityProblems(page), []);
});
