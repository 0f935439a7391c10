// Prints, as JSON, how long it takes from a keystroke to the diagnostics in a text of 16 KB: medians in milliseconds of
// `posted` (from the key to the worker's mail), `answered` (until its answer is back), `shown` (until everything on
// the page has it), and `total`. With the argument `preview`, until the Boot view shows the boot; with `element`, in the
// custom element on somebody else's page. A second argument is the path of a text for cloud-init, which is taken instead of
// one for CoreOS; it needs a comment on its second line.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { baseUrl, launch } from "./harness.mjs";
import { page as html, Site, STRICT } from "./host.mjs";

const [WHAT = "lint", TEXT] = process.argv.slice(2);
const OPERATION = WHAT === "element" ? "lint" : WHAT;
const SIZE = 16 * 1024;
const KEYSTROKES = 50;
/** Long enough for everything to come to rest, in milliseconds. */
const REST = 60;

/** A config whose files are the examples, over and over. */
function sample() {
  const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
  const read = (name) => readFileSync(folder + name, "utf8");
  const examples = readdirSync(folder).sort().map(read);
  let text = read("web-server.yaml");
  for (let number = 0; text.length < SIZE; number++) {
    const content = examples[number % examples.length].trimEnd().replace(/^(?=.)/gm, "      ");
    text += `  - path: /srv/examples/${number}.yaml\n    content: |\n${content}\n`;
  }
  return text;
}

/** Runs in the page: notes the times of each keystroke. */
function takeTimes(operation) {
  globalThis.strokes = [];
  let stroke;
  addEventListener("keydown", () => (stroke = { key: performance.now() }), { capture: true });
  const real = globalThis.Worker;
  const { port1, port2 } = new MessageChannel();
  // A task of its own comes after all that the answer has set off.
  port1.onmessage = () => {
    if (stroke?.answered) {
      globalThis.strokes.push({ ...stroke, shown: performance.now() });
      stroke = undefined;
    }
  };
  globalThis.Worker = class extends real {
    #asked = new Set();
    postMessage(message) {
      super.postMessage(message);
      if (stroke && message[1] === operation) {
        stroke.posted ??= performance.now();
        this.#asked.add(message[0]);
      }
    }
    set onmessage(listener) {
      super.onmessage = (event) => {
        const isAnswer = this.#asked.delete(event.data[0]);
        if (isAnswer && stroke) {
          stroke.answered ??= performance.now();
        }
        listener.call(this, event);
        if (isAnswer) {
          port2.postMessage(null);
        }
      };
    }
  };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] * 100) / 100;
}

/** Opens the page, or another one with the element; promises the editor. */
async function opened(page) {
  if (WHAT !== "element") {
    await page.goto(`${baseUrl()}/`);
    return page.locator(".cm-content");
  }
  await page.goto(`${site.url}/`);
  await page.locator("dryboot-editor .plain").click();
  return page.locator("dryboot-editor .cm-content");
}

const site = await Site.start({ "/": [html('<dryboot-editor aria-label="User-data"></dryboot-editor>'), STRICT] });
// Chromium would hold the linter's answer back until it has drawn the key, which is a matter of the screen's frames.
const browser = await launch("--disable-features=DeferRendererTasksAfterInput");
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, serviceWorkers: "block" });
  await page.addInitScript(takeTimes, OPERATION);
  const editor = await opened(page);
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(TEXT ? readFileSync(TEXT, "utf8") : sample());
  // The end of a comment near the start, so that what is typed is in view and breaks nothing.
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  if (OPERATION === "preview") {
    await page.locator(TEXT ? "#cloud-init-platform" : "#platform").selectOption(TEXT ? "ec2" : "ec2-compat");
    await page.getByRole("tab", { name: "Boot" }).click();
    await page.locator(".verdict").waitFor();
    await editor.focus();
  }
  await page.waitForTimeout(1000);
  // The first ones warm the linter up.
  for (let count = -10; count < KEYSTROKES; count++) {
    if (count === 0) {
      await page.evaluate(() => (globalThis.strokes.length = 0));
    }
    await page.keyboard.press("x");
    await page.waitForTimeout(REST);
  }
  const strokes = await page.evaluate(() => globalThis.strokes);
  const medians = (of) => median(strokes.map(of));
  const result = {
    keystrokes: strokes.length,
    posted: medians(({ key, posted }) => posted - key),
    answered: medians(({ posted, answered }) => answered - posted),
    shown: medians(({ answered, shown }) => shown - answered),
    total: medians(({ key, shown }) => shown - key),
  };
  console.log(JSON.stringify(result, null, 2));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  site.close();
}
