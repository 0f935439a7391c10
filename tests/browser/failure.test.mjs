// What happens when a part of the page is late, broken or missing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch } from "./harness.mjs";
import { goTo, open, problems, settles, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Runs in the page: holds back the answers of the linter while `hold` is set. */
function holdAnswers() {
  const real = globalThis.Worker;
  globalThis.linter = { lints: [], held: [], hold: false };
  globalThis.Worker = class extends real {
    #asked = new Set();
    postMessage(message) {
      if (message[1] === "lint") {
        globalThis.linter.lints.push(message[2]);
        this.#asked.add(message[0]);
      }
      super.postMessage(message);
    }
    set onmessage(listener) {
      super.onmessage = (event) => {
        if (globalThis.linter.hold && this.#asked.has(event.data[0])) {
          globalThis.linter.held.push(() => listener.call(this, event));
        } else {
          listener.call(this, event);
        }
      };
    }
  };
}

test("one text is linted at a time, and stale answers are dropped", async () => {
  const { page } = await open(browser, { init: holdAnswers });
  await write(page, "#cloud-config\nlocale: en_GB.UTF-8\n");
  await page.getByText("Nothing to complain about.").waitFor();
  await page.evaluate(() => Object.assign(globalThis.linter, { hold: true, lints: [] }));

  const lints = () => page.evaluate(() => globalThis.linter.lints);
  const held = () => page.evaluate(() => globalThis.linter.held.length);
  const release = () => page.evaluate(() => globalThis.linter.held.shift()());
  await page.keyboard.insertText("hostnme: a");
  await settles(held, 1);
  await page.keyboard.insertText("\nunitz: b");
  await page.keyboard.insertText("\nfilez: c");
  const first = "#cloud-config\nlocale: en_GB.UTF-8\nhostnme: a";
  assert.deepEqual(await lints(), [first]);

  await release();
  await settles(held, 1);
  assert.deepEqual(await lints(), [first, `${first}\nunitz: b\nfilez: c`]);
  assert.equal(await problems(page).count(), 0, "the answer to the first text is not shown");
  await release();
  await settles(() => problems(page).count(), 3);
});

test("when the linter breaks, the page says so and goes on", async () => {
  const { page } = await open(browser, {
    init: () => {
      const real = globalThis.Worker;
      globalThis.Worker = class extends real {
        postMessage(message) {
          const breaks = message[1] === "lint" && message[2].includes("break me");
          if (breaks) {
            const data = [message[0], undefined, "RuntimeError: unreachable"];
            queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
          } else {
            super.postMessage(message);
          }
        }
      };
    },
  });
  await write(page, "#cloud-config\n# break me");
  const alert = page.getByRole("alert");
  await settles(async () => /crashed on this text/.test(await alert.innerText()), true);
  await page.keyboard.press("ControlOrMeta+Backspace");
  await page.keyboard.insertText("\nhostnme: web");
  await settles(() => problems(page).count(), 1);
  await settles(() => alert.innerText(), "");
});

test("without a linter the page says that nothing is checked", async () => {
  const { page } = await open(browser, {
    wait: null,
    init: () => {
      const real = globalThis.Worker;
      globalThis.Worker = class extends real {
        constructor(url, options) {
          super(`${url}.missing`, options);
        }
      };
    },
  });
  await page.getByRole("alert").getByText("nothing is checked").waitFor();
});

test("without the rich editor the plain one does everything", async () => {
  const { page } = await open(browser, {
    wait: "textarea.plain",
    route: ["**/editor.js", (route) => route.abort()],
  });
  await page.getByRole("alert").getByText("plain one works").waitFor();
  const area = page.locator("textarea.plain");
  await area.fill("#cloud-config\nmanage_etc_hosts: localhost\nhostnme: web\n");
  await settles(() => problems(page).count(), 1);
  await goTo(problems(page)).click();
  const selected = () => area.evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd));
  assert.equal(await selected(), "hostnme");
  await page.getByRole("button", { name: /^Try: / }).click();
  await settles(() => area.inputValue(), "#cloud-config\nmanage_etc_hosts: localhost\nhostname: web\n");
  await settles(() => problems(page).count(), 0);
});

test("without the app there is a word about it, and the text is still linted", async () => {
  const { page } = await open(browser, { wait: null, route: ["**/dryboot-web*.wasm", (route) => route.abort()] });
  await page.getByRole("alert").getByText("could not start completely").waitFor();
  await page.locator("textarea.plain").fill("#cloud-config\nhostnme: web\n");
  await settles(() => problems(page).count(), 1);
});

test("without the linter's WebAssembly the page says that nothing is checked", async () => {
  const { page } = await open(browser, { wait: null, route: ["**/dryboot-wasm-*.wasm", (route) => route.abort()] });
  await page.getByRole("alert").getByText("nothing is checked").waitFor();
  await page.locator(".problems .calm-title").getByText("Not checked").waitFor();
  await page.locator(".cm-content").waitFor();
});

test("a linter that does not answer does not keep the app waiting for ever", async () => {
  const { page } = await open(browser, {
    wait: null,
    init: () => {
      const real = globalThis.setTimeout;
      globalThis.setTimeout = (call, time) => real(call, Math.min(time ?? 0, 100));
    },
    route: ["**/dryboot-wasm-*.wasm", () => {}],
  });
  await page.locator(".cm-content").waitFor();
  await page.locator(".problems").getByText("Loading the linter…").waitFor();
});

test("without the rules' documentation the explanation says so", async () => {
  const { page } = await open(browser, { route: ["**/rules.json", (route) => route.abort()] });
  await page.locator(".rule").first().click();
  await page.locator(".explanation").getByText("could not be loaded").waitFor();
});
