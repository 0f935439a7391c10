// Workers that take too long or break: they are replaced, the text stays, and nothing old passes for a verdict on it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibilityProblems, launch } from "./harness.mjs";
import { boot } from "./boot.mjs";
import { open, problems, settles, text, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/**
 * Runs in the page. A worker that is asked about something with the word "hang" never answers from then on; one that is
 * asked about something with "break" breaks.
 */
function breakWorkers() {
  globalThis.ended = [];
  globalThis.started = [];
  const real = globalThis.Worker;
  globalThis.Worker = class extends real {
    #name;
    #hangs = false;
    #breaks = new Set();
    constructor(url, options) {
      super(url, options);
      // Like a real one, it breaks once it is loaded: in the place of its answer.
      this.addEventListener("message", (event) => {
        const number = event.data?.[0];
        if (event.isTrusted && this.#breaks.has(number)) {
          event.stopImmediatePropagation();
          const data = [number, undefined, "RuntimeError: unreachable", true];
          this.dispatchEvent(new MessageEvent("message", { data }));
        }
      });
      this.#name = options.name;
      globalThis.started.push(options.name);
    }
    postMessage(message) {
      const [number, operation, subject] = message;
      const words = String(subject?.name ?? subject);
      const passes = ["hover", "complete", "holds_secret"].includes(operation);
      const isFree = words.includes("the preview alone") && operation !== "preview";
      this.#hangs ||= words.includes("hang") && !passes && !isFree;
      if (this.#hangs) {
        return;
      }
      if (words.includes("break") && ["lint", "preview", "sort"].includes(operation)) {
        this.#breaks.add(number);
      }
      super.postMessage(message);
    }
    terminate() {
      globalThis.ended.push(this.#name);
      super.terminate();
    }
  };
}

const GOOD = "#cloud-config\nhostname: web\n";
// The small module of a program ends by itself, once the whole one is there.
const ended = (page) => page.evaluate(() => globalThis.ended.filter((name) => !name.endsWith("-first")));
const notice = (page) => page.locator("#notice");
const counts = (page) => page.locator("#view-tab-problems .counts").innerText();
/** Types at the end of the text. */
async function type(page, words) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText(words);
}

test("a check that takes long is said to be about an older text, and is stopped for a newer one", async () => {
  const { page } = await open(browser, { init: breakWorkers });
  await write(page, GOOD);
  await page.getByText("Nothing to complain about.").waitFor();
  await type(page, "# hang\n");
  await page.locator(".late").getByText("Still checking. This is for an earlier version of the text.").waitFor();
  assert.match(await counts(page), /still checking/, "nothing is green in the tab");
  assert.equal(await page.locator("#view-tab-problems .fine").count(), 0);
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.waitForTimeout(3000);
  assert.deepEqual(await ended(page), [], "without a newer text it may take its time");
  await write(page, `${GOOD}hostnme: web\n`);
  await settles(() => problems(page).count(), 1);
  await notice(page).getByText("The check of an earlier text took too long and was stopped.").waitFor();
  assert.equal(await notice(page).getAttribute("role"), "status");
  assert.deepEqual(await ended(page), ["cloud-init"]);
  assert.equal(await page.locator(".late").count(), 0);
  assert.equal(await text(page), `${GOOD}hostnme: web\n`);
  assert.deepEqual(await accessibilityProblems(page), []);
  await notice(page).getByRole("button", { name: "Dismiss" }).click();
  await settles(() => notice(page).innerText(), "");
});

test("somebody who types while a check hangs does not wait for it for ever", async () => {
  const { page } = await open(browser, { init: breakWorkers });
  await write(page, "#cloud-config\n# hang\n");
  await page.locator(".late").waitFor();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("#cloud-config\nhostnme: typed", { delay: 60 });
  await settles(() => problems(page).count(), 1);
  assert.deepEqual(await ended(page), ["cloud-init"]);
});

test("a linter that breaks leaves no old verdict standing", async () => {
  const { page } = await open(browser, { init: breakWorkers });
  await write(page, GOOD);
  await page.getByText("Nothing to complain about.").waitFor();
  await type(page, "# break\n");
  await page.getByRole("alert").getByText("crashed on this text").waitFor();
  await page.locator(".problems .not-checked").getByText("Not checked").waitFor();
  assert.equal(await page.getByText("Nothing to complain about.").count(), 0);
  await settles(() => page.locator("#status").innerText(), "Not checked");
  assert.match(await counts(page), /not checked/);
  assert.equal(await page.locator(".taken-for").innerText(), "");
  await page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
  await page.locator(".problems .not-checked").waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await write(page, `${GOOD}hostnme: web\n`);
  await settles(() => problems(page).count(), 1);
  assert.equal(await text(page), `${GOOD}hostnme: web\n`);
});

test("a linter that breaks again and again is stopped until somebody asks for it", async () => {
  const { page } = await open(browser, { init: breakWorkers });
  await write(page, "#cloud-config\n# break\n");
  const alert = page.getByRole("alert");
  const exhausted = alert.getByText("keeps crashing");
  for (let count = 0; count < 60 && !(await exhausted.isVisible()); count++) {
    await type(page, ".");
    await page.waitForTimeout(200);
  }
  await exhausted.waitFor();
  const started = () => page.evaluate(() => globalThis.started.filter((name) => name === "cloud-init").length);
  assert.equal(await started(), 6, "one, and five in its place");
  await write(page, "#cloud-config\nhostnme: web\n");
  await page.waitForTimeout(500);
  assert.equal(await started(), 6);
  await page.locator(".problems .not-checked").waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await alert.getByRole("button", { name: "Try again" }).click();
  await settles(() => problems(page).count(), 1);
  await settles(() => alert.innerText(), "");
});

test("a check and a preview that are both stopped are told side by side", async () => {
  const { page } = await open(browser, { init: breakWorkers });
  await boot(page, GOOD, "ec2-compat");
  await type(page, "# hang\n");
  await page.waitForTimeout(3500);
  await write(page, GOOD);
  for (const what of ["check", "preview"]) {
    await notice(page).getByText(`The ${what} of an earlier text took too long and was stopped.`).waitFor();
  }
  assert.deepEqual(await accessibilityProblems(page), []);
  await notice(page).getByRole("button", { name: "Dismiss" }).first().click();
  await settles(() => notice(page).locator(".notice-line").count(), 1);
});

test("a preview that hangs or breaks never shows the boot of an older text as this one's", async () => {
  const { page } = await open(browser, { init: breakWorkers });
  await boot(page, GOOD, "ec2-compat");
  // The linter goes on.
  await type(page, "# hang, the preview alone\n");
  await page.locator(".late").getByText("Still previewing. This is for an earlier version of the text.").waitFor();
  await page.waitForTimeout(2500);
  await type(page, "# break\n");
  await notice(page).getByText("The preview of an earlier text took too long and was stopped.").waitFor();
  await write(page, "#cloud-config\n# break\n");
  await page.locator(".boot-failure").getByText("crashed on this text").waitFor();
  assert.equal(await page.locator(".verdict").count(), 0, "no exit code of an older text");
  assert.deepEqual(await accessibilityProblems(page), []);
  await write(page, GOOD);
  await page.locator(".verdict").waitFor();
  assert.ok((await ended(page)).includes("boot"));
});

const choose = (page, ...names) =>
  page
    .getByLabel("Files", { exact: true })
    .and(page.locator("input"))
    .setInputFiles(names.map((name) => ({ name, mimeType: "", buffer: Buffer.from(name) })));
const refused = (page) => page.locator(".given.refused").allInnerTexts();

test("a file on which the verification breaks is left out, and the others are looked at", async () => {
  const { page } = await open(browser, { init: breakWorkers });
  await page.getByRole("tab", { name: "Image" }).click();
  await choose(page, "one.img");
  await page.locator(".given-file").getByText("one.img").waitFor();
  await choose(page, "break.key");
  await settles(async () => /Not used break\.key[^]*crashed on this file/.test((await refused(page)).join()), true);
  await choose(page, "two.img");
  await page.locator(".given-file").getByText("two.img").waitFor();
  assert.equal(await page.locator(".given.awaited").count(), 0);
  assert.deepEqual(await ended(page), ["openpgp"]);
});

test("a verification that says nothing for long is given up", async () => {
  const hurry = () => {
    const real = globalThis.setTimeout;
    globalThis.setTimeout = (call, time) => real(call, time === 30_000 ? 1000 : time);
  };
  const { page } = await open(browser, { init: `(${breakWorkers})(); (${hurry})();` });
  await page.getByRole("tab", { name: "Image" }).click();
  await choose(page, "hang.key", "one.img");
  await settles(async () => /Not used hang\.key[^]*did not respond for 30 seconds/.test((await refused(page)).join()), true);
  await page.locator(".given-file").getByText("one.img").waitFor();
  assert.deepEqual(await ended(page), ["openpgp"]);
});

test("a first lint that hangs is given up, too", async () => {
  const hurry = () => {
    const real = globalThis.setTimeout;
    globalThis.setTimeout = (call, time) => real(call, time === 10_000 ? 500 : time);
  };
  const hangAtFirst = () => {
    const real = Worker.prototype.postMessage;
    let isFirst = true;
    Worker.prototype.postMessage = function (message) {
      if (isFirst && message[1] === "lint") {
        isFirst = false;
        this.postMessage = () => {};
        return;
      }
      real.call(this, message);
    };
  };
  const { page } = await open(browser, { wait: null, init: `(${hangAtFirst})(); (${hurry})();` });
  await page.locator(".cm-content").waitFor();
  await page.waitForTimeout(1000);
  await write(page, "#cloud-config\nhostnme: web\n");
  await settles(() => problems(page).count(), 1);
});
