// <dryboot-editor> in other people's forms: what they submit, what stops them, and what the element tells.
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { after, before, test } from "node:test";

import { accessibilityProblems, launch } from "./harness.mjs";
import { page as html, Site, STRICT } from "./host.mjs";
import { settles } from "./page.mjs";

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await Site.start({});
});
after(async () => {
  await browser.close();
  site.close();
});

const GOOD = "#cloud-config\nhostname: web\n";
const BAD = "#cloud-config\nhostnme: web\n";

const form = (inside) => `<form method="post" action="/launch">${inside}<button>Launch</button></form>`;
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\r", "&#13;");
const editor = (attributes = "", inside = "") => `<label for="it">User-data</label><dryboot-editor id="it" ${attributes}>${inside}</dryboot-editor>`;

/** Opens a page with this body. What the elements tell is in `told`; complaints of the browser's are failures. */
async function open(body, { policy = STRICT, init, head, script, expected = /^$/, on = site } = {}) {
  on.set("/form", [html(body, { head, script }), policy].filter(Boolean));
  const page = await browser.newPage({ viewport: { width: 900, height: 800 } });
  const complaints = [];
  const note = (text) => expected.test(text) || complaints.push(text);
  page.on("console", (message) => message.type() === "error" && note(message.text()));
  page.on("pageerror", (error) => note(String(error)));
  await page.addInitScript(() => {
    globalThis.told = [];
    for (const name of ["input", "change", "dryboot-change", "dryboot-report", "dryboot-error"]) {
      addEventListener(name, ({ target, detail }) => globalThis.told.push([name, target.id, detail?.summary ?? detail?.reason]));
    }
  });
  if (init) {
    await page.addInitScript(init);
  }
  await page.goto(`${on.url}/form`);
  return { page, complaints };
}

const told = (page, name) => page.evaluate((name) => globalThis.told.filter(([it]) => it === name), name);
const get = (page, property, id = "it") => page.evaluate(([property, id]) => document.getElementById(id)[property], [property, id]);
const set = (page, property, value, id = "it") =>
  page.evaluate(([property, value, id]) => void (document.getElementById(id)[property] = value), [property, value, id]);
/** Waits for the report of all rules. */
const report = (page, id = "it") => page.evaluate((id) => document.getElementById(id).lint(), id);
const content = (page, id = "it") => page.locator(`#${id} .cm-content`);

/** Comes to type, and waits for the rich editor. */
async function arrive(page, id = "it") {
  await page.evaluate((id) => document.getElementById(id).focus(), id);
  await content(page, id).waitFor();
  await page.evaluate((id) => document.getElementById(id).focus(), id);
}

async function write(page, text, id = "it") {
  await arrive(page, id);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

async function submit(page) {
  const before = site.submitted.length;
  await page.getByRole("button", { name: "Launch" }).click();
  await page.getByText("launched").waitFor();
  assert.equal(site.submitted.length, before + 1);
  return site.submitted.at(-1);
}

test("a form is stopped by an error, says why, and goes on once it is fixed", async () => {
  const { page, complaints } = await open(form(editor(`name="user_data" block="error" value="${attribute(BAD)}"`)));
  await report(page);
  await page.getByRole("button", { name: "Launch" }).click();
  assert.equal(site.submitted.length, 0);
  assert.match(await get(page, "validationMessage"), /^Fix 1 error first\. Line 2:1: unknown key hostnme/);
  await settles(() => page.evaluate(() => document.activeElement.id), "it");
  await page.getByRole("button", { name: "Try: rename to hostname" }).click();
  await report(page);
  assert.equal((await submit(page)).get("user_data").replaceAll("\r\n", "\n"), GOOD);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("without block, the linter stops nothing", async () => {
  const { page } = await open(form(editor(`name="user_data" value="${attribute(BAD)}"`)));
  await report(page);
  assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), true);
  assert.equal((await submit(page)).get("user_data").replaceAll("\r\n", "\n"), BAD);
  await page.close();
});

test("a text that nobody has checked yet is stopped, too, and that ends when nobody can", async () => {
  const { page } = await open(form(editor(`name="user_data" block="error" value="${attribute(GOOD)}"`)));
  assert.equal((await report(page)).summary.errors, 0);
  const states = await page.evaluate((bad) => {
    const it = document.getElementById("it");
    const before = it.checkValidity();
    it.value = bad;
    return [before, it.checkValidity(), it.validationMessage];
  }, BAD);
  assert.deepEqual(states, [true, false, "This text is still being checked. Try again in a moment."]);
  await page.close();

  const deaf = await open(form(editor(`name="user_data" block="error" value="${attribute(BAD)}"`)), {
    init: () => (Worker.prototype.postMessage = () => {}),
  });
  await settles(() => deaf.page.evaluate(() => document.getElementById("it").checkValidity()), false);
  await deaf.page.waitForTimeout(5000);
  await settles(() => deaf.page.evaluate(() => document.getElementById("it").checkValidity()), true);
  await deaf.page.close();
});

test("two on a page have a value each and share their workers", async () => {
  site.requests.length = 0;
  const two = (id, text) => `<dryboot-editor id="${id}" name="${id}" aria-label="${id}" value="${attribute(text)}"></dryboot-editor>`;
  const { page, complaints } = await open(form(two("one", GOOD) + two("other", BAD)));
  const reports = [await report(page, "one"), await report(page, "other")];
  assert.deepEqual(reports.map(({ summary }) => summary.errors), [0, 1]);
  const workers = site.requests.filter((it) => it.endsWith("-worker.js"));
  assert.deepEqual(workers, [...new Set(workers)]);
  await write(page, "#cloud-config\n", "other");
  const sent = await submit(page);
  assert.deepEqual(["one", "other"].map((name) => sent.get(name).replaceAll("\r\n", "\n")), [GOOD, "#cloud-config\n"]);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("what is typed is told as a text area does, and as the element's own", async () => {
  const { page, complaints } = await open(form(editor('name="user_data"')));
  await write(page, BAD);
  await report(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await settles(async () => (await told(page, "change")).length, 1);
  assert.equal((await told(page, "input")).length, (await told(page, "dryboot-change")).length);
  assert.deepEqual((await told(page, "dryboot-report")).at(-1), ["dryboot-report", "it", "1 error"]);
  await page.evaluate(() => document.getElementById("it").focus());
  await page.evaluate(() => document.getElementById("it").insertText("packages: []\n"));
  assert.match(await get(page, "value"), /packages: \[\]\n/);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("typing does not make the verdict flicker, and a check that takes long says so", async () => {
  const { page } = await open(editor(`value="${attribute(`${GOOD}# `)}"`), {
    init: () => {
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message, ...rest) {
        return globalThis.isDeaf ? undefined : post.call(this, message, ...rest);
      };
    },
  });
  await arrive(page);
  await report(page);
  const view = page.locator("#it .view");
  await page.evaluate(() => {
    globalThis.changes = 0;
    const watch = new MutationObserver((all) => (globalThis.changes += all.length));
    const view = document.getElementById("it").shadowRoot.querySelector(".view");
    watch.observe(view.querySelector(".counts"), { childList: true, subtree: true, characterData: true });
    watch.observe(view.querySelector(".problem-body"), { childList: true, subtree: true, characterData: true });
  });
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("abc", { delay: 50 });
  await report(page);
  assert.equal(await page.evaluate(() => globalThis.changes), 0);
  assert.match(await view.innerText(), /Nothing to complain about/);

  await page.evaluate(() => (globalThis.isDeaf = true));
  await page.keyboard.type("def", { delay: 300 });
  await view.locator(".late").waitFor();
  assert.match(await view.locator(".counts").innerText(), /still checking/);
  await page.close();
});

test("the host writes the same text back without moving the cursor", async () => {
  const { page } = await open(form(editor('name="user_data"')));
  await page.evaluate(() => document.getElementById("it").addEventListener("input", ({ target }) => (target.value = target.value)));
  await arrive(page);
  await page.keyboard.type("#cloud");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("-X-");
  assert.equal(await get(page, "value"), "#clou-X-d");
  await page.close();
});

test("a text area that is named by for keeps its value and its name", async () => {
  const area = `<label for="ud">Script</label><textarea id="ud" name="ud" required>${BAD}</textarea>`;
  const { page, complaints } = await open(form(`${area}<dryboot-editor id="it" for="ud" block="error"></dryboot-editor>`));
  await report(page);
  assert.equal(await page.locator("#ud").isVisible(), false);
  assert.equal(await get(page, "value"), BAD);
  assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), false);
  await page.getByText("Script").click();
  await content(page).waitFor();
  await write(page, GOOD);
  await report(page);
  assert.equal(await get(page, "value", "ud"), GOOD);
  assert.equal(await content(page).getAttribute("aria-label"), "Script");
  // What the host writes into its text area comes over with the event of an input.
  await page.evaluate((text) => {
    const area = document.getElementById("ud");
    area.value = text;
    area.dispatchEvent(new Event("input"));
  }, "#cloud-config\npackages: [git]\n");
  assert.equal(await get(page, "value"), "#cloud-config\npackages: [git]\n");
  await report(page);
  assert.equal((await submit(page)).get("ud").replaceAll("\r\n", "\n"), "#cloud-config\npackages: [git]\n");
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a text area inside is adopted, too, and given back when the element goes", async () => {
  const { page, complaints } = await open(form(editor("", `<textarea name="inner">${GOOD}</textarea>`)));
  assert.equal((await report(page)).summary.errors, 0);
  await write(page, BAD);
  await page.evaluate(() => {
    const area = document.querySelector("textarea");
    const it = document.getElementById("it");
    it.before(area);
    it.remove();
  });
  await settles(() => page.locator("textarea").isVisible(), true);
  assert.equal(await page.locator("textarea").inputValue(), BAD);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("the element counts as a field: missing, too long, reset, disabled, read-only, custom", async () => {
  const { page } = await open(form(`<fieldset>${editor('name="user_data" required maxlength="20" value="#!/bin/sh&#10;"')}</fieldset>`));
  const validity = () => page.evaluate(() => {
    const { validity } = document.getElementById("it");
    return ["valueMissing", "tooLong", "tooShort", "customError"].find((flag) => validity[flag]);
  });
  assert.equal(await validity(), undefined);
  await set(page, "value", "");
  assert.equal(await validity(), "valueMissing");
  await set(page, "value", "ä".repeat(11));
  assert.equal(await validity(), "tooLong");
  await set(page, "minLength", 5);
  await set(page, "value", "#");
  assert.equal(await validity(), "tooShort");
  await page.evaluate(() => document.getElementById("it").setCustomValidity("no"));
  assert.equal(await validity(), "customError");
  await page.evaluate(() => document.getElementById("it").setCustomValidity(""));
  await page.evaluate(() => document.querySelector("form").reset());
  assert.equal(await get(page, "value"), "#!/bin/sh\n");
  await arrive(page);
  await set(page, "readOnly", true);
  await page.keyboard.type("x");
  assert.equal(await get(page, "value"), "#!/bin/sh\n");
  await page.evaluate(() => (document.querySelector("fieldset").disabled = true));
  assert.equal(await page.evaluate(() => new FormData(document.querySelector("form")).has("user_data")), false);
  await page.close();
});

test("a label leads into the editor, and a property set before the definition counts", async () => {
  const { page } = await open(form(editor('name="user_data"')), {
    head: "<script>addEventListener('DOMContentLoaded', () => {})</script>",
    policy: "",
    init: () => addEventListener("readystatechange", () => document.getElementById("it") && (document.getElementById("it").value ??= "#!/bin/sh\n"), true),
  });
  await page.getByText("User-data").click();
  await content(page).waitFor();
  assert.equal(await content(page).getAttribute("aria-label"), "User-data");
  assert.equal(await get(page, "value"), "#!/bin/sh\n");
  await page.close();
});

test("what comes back is what was given, except for what was typed", async () => {
  const given = "#cloud-config\r\nhostname: web\r\n# one\n# other\rend: \ud800\r\n";
  const { page } = await open(form(editor('name="user_data"')));
  await set(page, "value", given);
  await arrive(page);
  assert.equal(await get(page, "value"), given);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("packages: []");
  assert.equal(await get(page, "value"), given.replace("#cloud-config", "#cloud-config\r\npackages: []"));
  await report(page);
  await page.close();
});

test("a form may get base64 or gzip, at any moment", async () => {
  const text = "#cloud-config\n# ä\npackages:\n" + "  - git\n".repeat(20_000);
  const { page } = await open(form(editor('name="user_data" encode="gzip-base64"')));
  const sent = () => page.evaluate(() => new FormData(document.querySelector("form")).get("user_data"));
  const [atOnce] = await page.evaluate((text) => {
    document.getElementById("it").value = text;
    return [new FormData(document.querySelector("form")).get("user_data")];
  }, text);
  const unpacked = (value) => gunzipSync(Buffer.from(value, "base64")).toString();
  assert.equal(unpacked(atOnce), text);
  await settles(async () => (await sent()).length < 2000, true);
  assert.equal(unpacked(await sent()), text);
  await set(page, "encode", "base64");
  assert.equal(Buffer.from(await sent(), "base64").toString(), text);
  await set(page, "value", "");
  await set(page, "encode", "gzip-base64");
  assert.equal(unpacked(await sent()), "");
  await page.close();
});

test("a limit of bytes counts what a machine gets", async () => {
  const { page } = await open(form(editor('name="user_data" encode="gzip-base64" max-bytes="1000"')));
  await set(page, "value", "# long\n".repeat(1000));
  await settles(() => page.evaluate(() => document.getElementById("it").checkValidity()), true);
  await set(page, "encode", "base64");
  assert.equal(await page.evaluate(() => document.getElementById("it").validity.tooLong), true);
  await page.getByText("7,000 of 1,000 bytes").waitFor();
  await page.close();
});

test("a wrong value of an attribute is told", async () => {
  const { page } = await open(form(editor('name="user_data" encode="gzip" target="debain-12"')));
  assert.deepEqual(await told(page, "dryboot-error"), [["dryboot-error", "it", "option"]]);
  await set(page, "value", GOOD);
  await settles(async () => (await told(page, "dryboot-error")).at(-1), ["dryboot-error", "it", "check"]);
  await page.getByText("debain-12").waitFor();
  await set(page, "target", "debian-12");
  assert.equal((await report(page)).files[0].target, "debian-12");
  await page.close();
});

test("another origin's script works in the page's own thread, and Trusted Types need nothing but a policy", async () => {
  const cdn = await Site.start({});
  const from = `default-src 'none'; script-src ${cdn.url} 'wasm-unsafe-eval'; connect-src ${cdn.url}; form-action 'self'; require-trusted-types-for 'script'`;
  for (const policy of [`${from}; trusted-types dryboot`, `${from}; trusted-types 'none'`]) {
    const { page, complaints } = await open(form(editor(`name="user_data" value="${attribute(BAD)}"`)), {
      policy,
      script: `${cdn.url}/dryboot/dryboot-editor.js`,
      expected: /trusted-types/,
    });
    assert.equal((await report(page)).summary.errors, 1);
    await write(page, GOOD);
    assert.equal((await report(page)).summary.errors, 0);
    assert.deepEqual(complaints, []);
    await page.close();
  }
  const own = await open(form(editor(`name="user_data" value="${attribute(BAD)}"`)), {
    policy: `${STRICT}; require-trusted-types-for 'script'; trusted-types dryboot`,
  });
  assert.equal((await report(own.page)).summary.errors, 1);
  await write(own.page, GOOD);
  await report(own.page);
  assert.deepEqual(own.complaints, []);
  await own.page.close();
  cdn.close();
});

test("where there is no linter, there is a text area that submits, and an event that says so", async () => {
  const { page } = await open(form(editor(`name="user_data" block="error" value="${attribute(BAD)}"`)), {
    policy: "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'; worker-src 'none'",
    expected: /worker|WebAssembly|Refused|violates/i,
  });
  await settles(async () => (await told(page, "dryboot-error")).at(-1), ["dryboot-error", "it", "engine"]);
  await page.locator("#it textarea").fill("#cloud-config\nhostnme: b\n");
  assert.equal(await page.evaluate(() => document.getElementById("it").checkValidity()), true);
  await page.getByText("could not be loaded").waitFor();
  await assert.rejects(report(page), /could not be loaded/);
  assert.equal((await submit(page)).get("user_data").replaceAll("\r\n", "\n"), "#cloud-config\nhostnme: b\n");
  await page.close();
});

test("a worker that dies is replaced, and the text is still there", async () => {
  const { page, complaints } = await open(form(editor('name="user_data"')), {
    init: () => {
      const { set } = Object.getOwnPropertyDescriptor(Worker.prototype, "onmessage");
      const dead = ([number]) => ({ data: [number, undefined, "RuntimeError: unreachable", true] });
      const isAnswer = ({ data }) => typeof data[0] === "number";
      Object.defineProperty(Worker.prototype, "onmessage", {
        set(hear) {
          set.call(this, hear && ((event) => hear(globalThis.isDeadly && isAnswer(event) ? dead(event.data) : event)));
        },
      });
    },
  });
  await write(page, BAD);
  await report(page);
  await page.evaluate(() => (globalThis.isDeadly = true));
  await page.keyboard.type("#");
  await settles(async () => (await told(page, "dryboot-error")).at(-1), ["dryboot-error", "it", "check"]);
  await page.getByText("The linter crashed on this text.").waitFor();
  await page.evaluate(() => (globalThis.isDeadly = false));
  await page.keyboard.type("!");
  assert.equal((await report(page)).summary.errors, 1);
  assert.equal(await get(page, "value"), `${BAD}#!`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("ten megabytes are a value like any other", { timeout: 60_000 }, async () => {
  const { page, complaints } = await open(form(editor('name="user_data" max-bytes="16384"')));
  await page.evaluate(() => (document.getElementById("it").value = "#cloud-config\n" + "# filling\n".repeat(1_050_000)));
  await arrive(page);
  await page.keyboard.type("x");
  assert.equal(await page.evaluate(() => document.getElementById("it").value.length), 14 + 10_500_000 + 1);
  assert.equal(await page.evaluate(() => document.getElementById("it").validity.tooLong), true);
  assert.ok(await report(page));
  assert.deepEqual(complaints, []);
  await page.close();
});

test("memory stays flat over 200 mounts", { timeout: 120_000 }, async () => {
  const { page, complaints } = await open("<div id=host></div>");
  const client = await page.context().newCDPSession(page);
  const mount = (times) =>
    page.evaluate(
      async ([times, text]) => {
        const host = document.getElementById("host");
        for (let round = 0; round < times; round += 1) {
          const it = document.createElement("dryboot-editor");
          it.value = text;
          host.append(it);
          await it.lint();
          it.focus();
          while (!it.shadowRoot.querySelector(".rich")) {
            await new Promise((later) => setTimeout(later, 5));
          }
          it.remove();
          await new Promise((later) => setTimeout(later));
        }
      },
      [times, BAD],
    );
  const used = async () => {
    await page.evaluate(() => new Promise((later) => setTimeout(later, 1500)));
    await client.send("HeapProfiler.collectGarbage");
    const { usedSize } = await client.send("Runtime.getHeapUsage");
    const { nodes } = await client.send("Memory.getDOMCounters");
    return { usedSize, nodes };
  };
  await mount(20);
  const before = await used();
  await mount(200);
  const after = await used();
  assert.ok(after.nodes < before.nodes + 1000, `${before.nodes} to ${after.nodes} nodes`);
  assert.ok(after.usedSize < before.usedSize + 3_000_000, `${before.usedSize} to ${after.usedSize} bytes`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("one that moves keeps its text, and one that is removed and added again works", async () => {
  const { page, complaints } = await open(form(`<div id=a>${editor('name="user_data"')}</div><div id=b></div>`));
  await write(page, BAD);
  await report(page);
  await page.evaluate(() => document.getElementById("b").append(document.getElementById("it")));
  assert.equal(await get(page, "value"), BAD);
  await page.evaluate(async () => {
    const it = document.getElementById("it");
    it.remove();
    await new Promise((later) => setTimeout(later, 50));
    document.getElementById("a").append(it);
  });
  assert.equal(await get(page, "value"), BAD);
  assert.equal((await report(page)).summary.errors, 1);
  await write(page, GOOD);
  assert.equal((await report(page)).summary.errors, 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("two copies of the script do not fight over the name", async () => {
  const { page, complaints } = await open(form(editor(`name="user_data" value="${attribute(BAD)}"`)), {
    head: '<script type="module" src="/dryboot/dryboot-editor.js?other"></script><script type="module" src="/dryboot/editor.js?other"></script>',
  });
  assert.equal((await report(page)).summary.errors, 1);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a boot can be previewed where there is a preview", async () => {
  const { page } = await open(form(editor('target="flatcar" value="#cloud-config&#10;hostname: web&#10;"')));
  const preview = await page.evaluate(() => document.getElementById("it").preview());
  assert.equal(preview.version, 1);
  assert.equal(preview.machine.hostname, "web");
  await page.close();
});

test("the boot is told below the text, where that is wanted and can be", async () => {
  const { page, complaints } = await open(form(editor('views="boot" target="flatcar" value="#cloud-config&#10;hostname: web&#10;"')));
  await page.locator("#it .story li", { hasText: "Set the host name" }).waitFor();
  assert.equal(await page.locator("#it .problem-body").isVisible(), false);
  assert.deepEqual(await accessibilityProblems(page), []);
  await set(page, "value", "");
  await settles(() => page.locator("#it .story").isVisible(), false);
  await set(page, "target", "debian-12");
  await set(page, "value", GOOD);
  await page.locator("#it .story li").first().waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a page sets the colours, with custom properties that may have the names of the element's own", async () => {
  const head = "<style>:root { --accent: rgb(200 0 100) } dryboot-editor { --dryboot-accent: var(--accent); --text: red }</style>";
  const { page } = await open(form(editor(`value="${attribute(BAD)}"`)), { head, policy: "" });
  await report(page);
  const colour = (selector, property) =>
    page.evaluate(([selector, property]) => getComputedStyle(document.getElementById("it").shadowRoot.querySelector(selector))[property], [selector, property]);
  await arrive(page);
  assert.equal(await colour(".editor", "outlineColor"), "rgb(200, 0, 100)");
  assert.equal(await colour(".message", "color"), "rgb(28, 35, 36)");
  await page.close();
});

test("everybody can use it: names, keyboard, light and dark, on a phone", async () => {
  const { page } = await open(form(editor(`name="user_data" max-bytes="16384" value="${attribute(BAD)}"`)), { head: "<style>:root { color-scheme: light dark; background: Canvas; color: CanvasText }</style>", policy: "" });
  await report(page);
  assert.deepEqual(await accessibilityProblems(page), []);
  await arrive(page);
  for (const [colorScheme, width] of [["light", 900], ["dark", 900], ["dark", 320]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 700 });
    assert.deepEqual(await accessibilityProblems(page), [], `${colorScheme} ${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.getElementById("it").shadowRoot.activeElement.className), "rich");
  await settles(() => page.locator("#it [role=status]").textContent(), "1 error");
  await page.close();
});
