// The examples of `npm/examples`, in Chromium: what is typed reaches the state of the framework, and the state the editor.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { compile } from "svelte/compiler";

import { launch } from "../browser/harness.mjs";
import { Site, STRICT } from "../browser/host.mjs";
import { settles } from "../browser/page.mjs";

const EXAMPLES = fileURLToPath(new URL("../../npm/examples", import.meta.url));
const DIST = fileURLToPath(new URL("../../npm/dist", import.meta.url));
const NODE_MODULES = fileURLToPath(new URL("node_modules", import.meta.url));

let browser;
let folder;
let site;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "dryboot-frameworks-"));
  site = await Site.start({}, { "/out/": folder, "/npm/examples/": EXAMPLES, "/npm/dist/": DIST });
});
after(async () => {
  await browser.close();
  site.close();
  rmSync(folder, { recursive: true });
});

const svelte = {
  name: "svelte",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, "utf8"), { filename: path, generate: "client" });
      return { contents: js.code, loader: "js", resolveDir: join(path, "..") };
    }),
};

/** The package itself is not bundled: the page gets it from its own address. */
const packaged = {
  name: "dryboot",
  setup: ({ onResolve }) => onResolve({ filter: /^dryboot\// }, ({ path }) => ({ path: path.replace("dryboot/", "/dryboot/"), external: true })),
};

for (const [framework, entry] of Object.entries({ react: "main.jsx", vue: "main.js", svelte: "main.js", lit: "main.js" })) {
  test(`the example of ${framework}`, { timeout: 60_000 }, async () => {
    await build({
      bundle: true,
      format: "esm",
      logLevel: "silent",
      nodePaths: [NODE_MODULES],
      entryPoints: [join(EXAMPLES, framework, entry)],
      outfile: join(folder, `${framework}.js`),
      plugins: [svelte, packaged],
      conditions: ["browser", "production"],
      jsx: "automatic",
      define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    });
    site.set("/app", [`<!doctype html><html lang="en"><title>x</title><div id="app"></div><script type="module" src="/out/${framework}.js"></script>`, STRICT]);
    const page = await browser.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(`${site.url}/app`);
    await page.locator("dryboot-editor .plain").click();
    await page.locator("dryboot-editor .cm-content").waitFor();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("hostnme: a");
    await settles(() => page.locator("output").innerText(), "24 characters, 1 errors");
    await page.getByRole("button", { name: "Example" }).click();
    await settles(() => page.evaluate(() => document.querySelector("dryboot-editor").value), "#cloud-config\nhostname: web\n");
    await settles(() => page.locator("output").innerText(), "28 characters, 0 errors");
    assert.equal(await page.evaluate(() => new FormData(document.querySelector("form")).get("user_data")), "#cloud-config\nhostname: web\n");
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

test("the example of plain HTML", async () => {
  const page = await browser.newPage();
  await page.goto(`${site.url}/npm/examples/html/`);
  await page.getByText("User-data").click();
  await page.locator("dryboot-editor .cm-content").waitFor();
  await page.keyboard.type("#cloud-config");
  assert.equal(await page.locator("#user-data").inputValue(), "#cloud-config");
  await page.close();
});
