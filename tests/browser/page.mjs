// The page as the tests use it.
import assert from "node:assert/strict";

import { baseUrl } from "./harness.mjs";

/** Opens the page and waits for the first report and the rich editor. */
export async function open(browser, { wait = ".cm-content", init, route, ...context } = {}) {
  // A service worker would keep what a test has the server say from the page.
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, serviceWorkers: "block", ...context });
  const complaints = [];
  const requests = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
  await page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(event.violatedDirective));
  });
  if (init) {
    await page.addInitScript(init);
  }
  if (route) {
    await page.route(...route);
  }
  await page.goto(baseUrl());
  if (wait) {
    await page.locator(`html[data-first-lint] ${wait}`).waitFor();
    // A program that has a small module begins with a part of its rules.
    await page.waitForFunction(() => !document.querySelector(".partial"));
  }
  return { page, complaints, requests };
}

/** Replaces the text of the editor, as pasting does. */
export async function write(page, text) {
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

/**
 * Drops files on an element of the page: `[name, content]`, text or bytes. Gives whether the browser was kept from
 * opening them in the page's place.
 */
export function dropFiles(page, selector, files) {
  const coded = files.map(([name, content]) => [name, Buffer.from(content).toString("base64")]);
  return page.evaluate(
    ([selector, files]) => {
      const dataTransfer = new DataTransfer();
      for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], name));
      }
      const host = document.querySelector(selector);
      const target = host.shadowRoot?.querySelector(".cm-content") ?? host;
      const init = { dataTransfer, bubbles: true, cancelable: true, composed: true };
      return ["dragover", "drop"].map((type) => !target.dispatchEvent(new DragEvent(type, init)));
    },
    [selector, coded],
  );
}

/** Drops a file with this text on the editor. */
export const drop = (page, text) => dropFiles(page, ".rich", [["user-data.yaml", text]]);

export const editor = (page) => page.getByRole("textbox", { name: "User-data" });

/** The lines of an editor, as far as they are drawn. */
const textIn = async (editor) => (await editor.locator(".cm-line").allInnerTexts()).map((line) => line.replace(/\n$/, "")).join("\n");

/** The user's text in the rich editor. */
export const text = (page) => textIn(page.locator("#editor"));

/** The text beside it that is open, once its editor is there. */
export const besideText = (page) => textIn(page.locator("#other-panel"));

/** Shows one of the two panes, where there is room for one alone: Config or Results. */
export async function pane(page, name) {
  const choice = page.getByRole("radio", { name });
  if (await choice.isVisible()) {
    await choice.check();
  }
}

/** Opens a text beside the user's, and gives its editor. */
export async function openBeside(page, name) {
  await pane(page, "Config");
  await page.getByRole("tab", { name }).click();
  await page.locator("#other-panel .cm-content").waitFor();
  return page.getByRole("textbox", { name });
}

/** Replaces a text beside the user's, which is open, as pasting does. */
export async function writeBeside(page, text) {
  await page.locator("#other-panel .cm-content").focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

/** Chooses the theme by its name. */
export async function chooseTheme(page, name) {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name }).check();
  await page.keyboard.press("Escape");
}

export const problems = (page) => page.locator(".problem");
export const goTo = (problem) => problem.locator(".problem-go");

/** `[severity and message, line:column]` of each problem, read at once: the list may change at any time. */
export function listed(page) {
  return problems(page).evaluateAll((all) =>
    all.map((problem) =>
      [".problem-go > .visually-hidden", ".message", ".problem-go .place"].map((part) => problem.querySelector(part).innerText),
    ),
  );
}

/** The number of the line with the cursor of an editor, what is selected, and whether it has the focus. */
export function cursor(page, panel = "#editor") {
  return page.evaluate((panel) => {
    const { shadowRoot } = document.querySelector(`${panel} .rich`);
    return {
      line: Number(shadowRoot.querySelector(".cm-lineNumbers .cm-activeLineGutter").textContent),
      selected: String(shadowRoot.getSelection?.() ?? getSelection()),
      focused: shadowRoot.activeElement?.classList.contains("cm-content") ?? false,
    };
  }, panel);
}

/** Waits until `read` gives what is expected. */
export async function settles(read, expected) {
  const end = Date.now() + 5000;
  let got;
  do {
    got = await read();
    try {
      assert.deepEqual(got, expected);
      return;
    } catch {
      await new Promise(requestIdle);
    }
  } while (Date.now() < end);
  assert.deepEqual(got, expected);
}

function requestIdle(resolve) {
  setTimeout(resolve, 10);
}
