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
  await page.keyboard.type("c é ß");
  await settles(() => text(page), "#cloud-config\n# abc é ß\n");
  // The keyboard of the test has no key for these two: the browser writes them.
  assert.equal(await inputs(page), 2);

  await page.keyboard.press("Shift+Home");
  await page.keyboard.type("#");
  await settles(() => text(page), "#cloud-config\n#\n");
  await page.keyboard.press("ControlOrMeta+Z");
  await page.keyboard.press("ControlOrMeta+Z");
  await settles(() => text(page), "#cloud-config\n# ab\n");
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
