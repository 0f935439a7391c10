// What becomes of the texts when the page is reloaded.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibilityProblems, launch } from "./harness.mjs";
import { besideText, dropFiles, editor, open, openBeside, problems, settles, text, write, writeBeside } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const HARMLESS = "#cloud-config\nhostname: mine\n";
const SECRET = "#cloud-config\nusers:\n  - name: core\n    passwd: opensesame17\n";

/** Everything that the browser keeps for the page. */
const stored = (page) =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
const kept = (page, words) => settles(async () => (await stored(page)).includes(words), true);
const note = (page) => page.locator("#kept");

/** Notes each question that the browser asks before it leaves the page, and answers it. */
function answerQuestions(page, leave) {
  const asked = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return leave() ? dialog.accept() : dialog.dismiss();
  });
  return asked;
}

async function reloaded(page) {
  await page.reload();
  await page.locator("html[data-first-lint] .cm-content").waitFor();
}

test("a text, the target, the platform and its metadata survive a reload, in this tab alone", async () => {
  const context = await browser.newContext();
  const { page, complaints } = await open(context);
  const asked = answerQuestions(page, () => true);
  await write(page, HARMLESS);
  await page.getByRole("radio", { name: "Flatcar" }).check();
  await page.locator("#platform").selectOption("ec2-compat");
  await openBeside(page, "Metadata");
  await writeBeside(page, '{"local-ipv4": "10.9.8.7"}');
  await kept(page, "10.9.8.7");
  await kept(page, "hostname: mine");
  await reloaded(page);
  await settles(() => text(page), HARMLESS);
  assert.equal(await page.getByRole("radio", { name: "Flatcar" }).isChecked(), true);
  assert.equal(await page.locator("#platform").inputValue(), "ec2-compat");
  await openBeside(page, "Metadata");
  assert.equal(await besideText(page), '{"local-ipv4": "10.9.8.7"}');
  assert.deepEqual(asked, [], "nothing would have been lost");
  assert.equal(await note(page).innerText(), "");
  assert.deepEqual(await page.evaluate(() => ({ ...localStorage })), {});
  const other = await context.newPage();
  await other.goto(page.url());
  await other.locator("html[data-first-lint] .cm-content").waitFor();
  assert.doesNotMatch(await text(other), /mine/);
  assert.deepEqual(complaints, []);
});

test("a text with a secret is kept nowhere, the page says so, and the browser asks before it is lost", async () => {
  const { page } = await open(browser);
  let leave = false;
  const asked = answerQuestions(page, () => leave);
  await write(page, SECRET);
  await note(page).getByText("The user-data contains a secret, so it is not kept when you reload the page.").waitFor();
  assert.doesNotMatch(await stored(page), /opensesame/);
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.evaluate(() => setTimeout(() => location.reload()));
  await settles(() => asked, ["beforeunload"]);
  assert.equal(await text(page), SECRET, "who stays keeps the text");
  leave = true;
  await reloaded(page);
  assert.doesNotMatch(await text(page), /opensesame/);
  await note(page).getByText("was not kept when the page was reloaded").waitFor();
  assert.doesNotMatch(await stored(page), /opensesame/);
});

test("a secret that comes later takes the text out of the store, and one that goes brings it back", async () => {
  const { page } = await open(browser);
  await write(page, HARMLESS);
  await kept(page, "hostname: mine");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("# https://me:s3cr3t17@example.org/\n");
  await settles(async () => /mine|s3cr3t/.test(await stored(page)), false);
  await page.keyboard.press("ControlOrMeta+Z");
  await kept(page, "hostname: mine");
  await settles(() => note(page).innerText(), "");
});

test("metadata with a secret is not kept", async () => {
  const { page } = await open(browser);
  await page.getByRole("radio", { name: "CoreOS" }).check();
  await page.locator("#platform").selectOption("ec2-compat");
  await openBeside(page, "Metadata");
  await writeBeside(page, '{"access_token": "0123456789abcdef17"}');
  await note(page).getByText("The metadata contains a secret").waitFor();
  assert.doesNotMatch(await stored(page), /0123456789abcdef17/);
});

test("what can be had again is left without a question: the example, and a file that was not changed", async () => {
  const { page } = await open(browser);
  const asked = answerQuestions(page, () => true);
  await editor(page).click();
  await dropFiles(page, ".rich", [["secret.yaml", SECRET]]);
  await settles(() => text(page), SECRET);
  await settles(async () => (await problems(page).count()) > 0, true);
  await page.waitForTimeout(500);
  assert.equal(await note(page).innerText(), "");
  assert.doesNotMatch(await stored(page), /opensesame/);
  await reloaded(page);
  assert.deepEqual(asked, []);
});

test("a text survives a reload before the app is there", async () => {
  const route = ["**/dryboot-web*.wasm", (route) => route.abort()];
  const { page } = await open(browser, { wait: "textarea.plain", route });
  await page.locator("textarea.plain").fill(HARMLESS);
  await kept(page, "hostname: mine");
  await page.reload();
  await page.locator("html[data-first-lint]").waitFor();
  assert.equal(await page.locator("textarea.plain").inputValue(), HARMLESS);
});

test("without storage everything works, and the browser asks", async () => {
  const { page } = await open(browser, {
    init: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("forbidden", "QuotaExceededError");
      };
    },
  });
  const asked = answerQuestions(page, () => true);
  await write(page, HARMLESS);
  await note(page).getByText("cannot be stored by this browser").waitFor();
  await reloaded(page);
  assert.deepEqual(asked, ["beforeunload"]);
});
