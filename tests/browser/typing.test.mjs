// What is typed arrives in the editor, however it is typed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch } from "./harness.mjs";
import { open, settles, text, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Counts the changes that the browser itself writes into the editor's document. */
function countInputs(page) {
  return page.evaluate(() => {
    globalThis.inputs = 0;
    document.querySelector(".rich").shadowRoot.addEventListener("input", () => (globalThis.inputs += 1));
  });
}

const inputs = (page) => page.evaluate(() => globalThis.inputs);

test("keys write at the cursor and in place of the selection, and are undone together", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\n# ab\n");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await countInputs(page);
  await page.keyboard.type("c d");
  await settles(() => text(page), "#cloud-config\n# abc d\n");
  assert.equal(await inputs(page), 0);

  await page.keyboard.press("Shift+Home");
  await page.keyboard.type("#");
  await settles(() => text(page), "#cloud-config\n#\n");
  await page.keyboard.press("ControlOrMeta+Z");
  await page.keyboard.press("ControlOrMeta+Z");
  await settles(() => text(page), "#cloud-config\n# ab\n");
});

test("text that no key wrote goes where the cursor is, however soon it follows a key", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\n# ()\n");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  // The keyboard of the test has no key for some of these.
  await page.keyboard.type("aé bß ç");
  await settles(() => text(page), "#cloud-config\n# (aé bß ç)\n");
  await page.keyboard.insertText("é");
  await page.keyboard.insertText("ß");
  await settles(() => text(page), "#cloud-config\n# (aé bß çéß)\n");

  const session = await page.context().newCDPSession(page);
  const key = { type: "keyDown", key: "1", text: "1", code: "Digit1", windowsVirtualKeyCode: 49 };
  await Promise.all([
    session.send("Input.dispatchKeyEvent", key),
    session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 }),
  ]);
  await session.send("Input.insertText", { text: "日" });
  await page.keyboard.press("2");
  await settles(() => text(page), "#cloud-config\n# (aé bß çéß1日2)\n");
});

test("the document's selection follows what is typed", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\n# ab\n");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  const place = () =>
    page.evaluate(() => {
      const { anchorNode, anchorOffset, isCollapsed } = document.querySelector(".rich").shadowRoot.getSelection();
      return [anchorNode.textContent, anchorOffset, isCollapsed];
    });
  await page.keyboard.type("cd");
  await settles(place, ["# abcd", 6, true]);
  // Between the key and the next frame.
  const offset = await page.evaluate(() => {
    const root = document.querySelector(".rich").shadowRoot;
    const content = root.querySelector(".cm-content");
    const key = new KeyboardEvent("keydown", { key: "e", bubbles: true, cancelable: true });
    const input = { inputType: "insertText", data: "e", bubbles: true, cancelable: true };
    content.dispatchEvent(key);
    content.dispatchEvent(new InputEvent("beforeinput", input));
    content.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 1 }));
    return root.getSelection().anchorOffset;
  });
  assert.equal(offset, 7);
  await page.keyboard.press("Shift+Home");
  await page.keyboard.type("#");
  await settles(() => text(page), "#cloud-config\n#\n");
  await settles(place, ["#", 1, true]);
});

test("a key that is held down writes again and again", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\n# ");
  await page.keyboard.down("x");
  await page.keyboard.down("x");
  await page.keyboard.down("x");
  await page.keyboard.up("x");
  await settles(() => text(page), "#cloud-config\n# xxx");
});

test("what is composed arrives once", async () => {
  const { page } = await open(browser);
  await write(page, "#cloud-config\n# ");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await session.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  await session.send("Input.insertText", { text: "日本" });
  await page.keyboard.type("!");
  await settles(() => text(page), "#cloud-config\n# 日本!");
});
