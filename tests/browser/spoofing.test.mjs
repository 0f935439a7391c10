// Names of others cannot pass for something else: what hides, moves or turns the text around it is visible.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boot, part } from "./boot.mjs";
import { launch } from "./harness.mjs";
import { listed, open, settles, write } from "./page.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** As in `visible.js`, without line breaks and tabs, of which a page has its own. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const KEYS = '#cloud-config\n"host\u202eeman": a\n"a\u2066b\u2069": 1\n"\\e[2Jx": 2\n"\\x9by": 3\n';

const visible = async (page, selector) => {
  const words = await page.locator(selector).innerText();
  assert.doesNotMatch(words, HIDDEN);
  return words;
};

test("names of keys, the same before and after the app", async () => {
  let come;
  const held = new Promise((resolve) => (come = resolve));
  const route = ["**/dryboot-web*.wasm", async (route) => (await held, route.continue())];
  const { page } = await open(browser, { wait: "textarea.plain", route });
  await page.locator("textarea.plain").fill(KEYS);
  await settles(async () => (await listed(page)).length, 4);
  const first = await listed(page);
  assert.match(await visible(page, ".problems"), /host\\u\{202e\}eman[^]*a\\u\{2066\}b\\u\{2069\}[^]*\\u\{1b\}\[2Jx[^]*\\u\{9b\}y/);
  const paths = await page.locator(".path").allInnerTexts();
  come();
  await page.locator(".cm-content").waitFor();
  assert.deepEqual(await listed(page), first);
  assert.deepEqual(await page.locator(".path").allInnerTexts(), paths);
  await visible(page, ".problems");
});

test("paths, names of units and users, and messages of the boot", async () => {
  const { page } = await open(browser);
  const config =
    "#cloud-config\nhostname: \"a\\u202eb\"\nwrite_files:\n  - path: \"/srv/gpj\\u202efdp\"\n    content: \"x\\u2067y\\n\"\n" +
    "users:\n  - name: \"r\\u200boot\"\ncoreos:\n  units:\n    - name: \"a\\u202eb.service\"\n      command: start\n";
  await boot(page, config, "ec2-compat");
  for (const name of ["Files", "Users", "Units", "Log", "Stages"]) {
    await part(page, name);
    await visible(page, "#view-panel");
  }
  await part(page, "Files");
  await page.getByRole("treeitem", { name: /gpj/ }).click();
  assert.match(await visible(page, ".file"), /gpj\\u\{202e\}fdp[^]*x\\u\{2067\}y/);
});

test("names of files in the Image view", async () => {
  const { page } = await open(browser);
  await page.getByRole("tab", { name: "Image" }).click();
  const file = { name: "image\u202egis.bin", mimeType: "", buffer: Buffer.from("x") };
  await page.getByLabel("Files", { exact: true }).and(page.locator("input")).setInputFiles([file]);
  await page.locator(".given-file").waitFor();
  assert.match(await visible(page, "#view-panel"), /image\\u\{202e\}gis\.bin/);
  await page.getByRole("button", { name: "Remove image\\u{202e}gis.bin" }).waitFor();
});

test("the two lists of what is hidden are the same", async () => {
  const { page } = await open(browser);
  // Each as a comment would not show; a key does. Surrogates and what YAML forbids are left out.
  const codes = [0x61c, 0x200b, 0x200e, 0x2028, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0x206f, 0xfeff, 0x85, 0x9f, 0x7f];
  const escape = (code) => `"k\\u${code.toString(16).padStart(4, "0")}": 1`;
  await write(page, `#cloud-config\n${codes.map(escape).join("\n")}\n`);
  await settles(async () => (await listed(page)).length, codes.length);
  const words = await visible(page, ".problems");
  for (const code of codes) {
    assert.ok(words.includes(`k\\u{${code.toString(16)}}`), code.toString(16));
  }
});
