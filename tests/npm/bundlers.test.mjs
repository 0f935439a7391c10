// Pages that others build out of the package, as it is published: each lints in Chromium, and so does a bundle in Node.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch } from "../browser/harness.mjs";
import { Site, page as html, STRICT } from "../browser/host.mjs";

const NPM = fileURLToPath(new URL("../../npm", import.meta.url));
const require = createRequire(import.meta.url);
const BAD = "#cloud-config\nhostnme: web\n";

const MAIN = `
  import { lint } from "dryboot";
  import { preview } from "dryboot/boot";
  import "dryboot/dryboot-editor.js";
  globalThis.results = (async () => {
    const report = await lint(${JSON.stringify(BAD)});
    const boot = await preview("#cloud-config\\nhostname: web\\n", { target: "flatcar" });
    const editor = document.createElement("dryboot-editor");
    editor.value = ${JSON.stringify(BAD)};
    document.querySelector("main").append(editor);
    const own = await editor.lint();
    editor.focus();
    return [report.summary.errors, boot.machine.hostname, own.summary.errors];
  })();
`;

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "dryboot-bundles-"));
  const [{ filename }] = JSON.parse(execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], { cwd: NPM, encoding: "utf8" }));
  mkdirSync(join(folder, "node_modules/dryboot"), { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", join(folder, "node_modules/dryboot"), "--strip-components=1"]);
  for (const name of ["react", "react-dom", "scheduler", "vue", "@vue", "svelte", "lit", "lit-html", "lit-element", "@lit"]) {
    symlinkSync(join(fileURLToPath(new URL("node_modules", import.meta.url)), name), join(folder, "node_modules", name));
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }');
  writeFileSync(join(folder, "main.js"), MAIN);
  writeFileSync(join(folder, "index.html"), html("", { script: "/main.js" }));
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Opens a page with a built script, and gives what it has found out. Nothing may come from elsewhere. */
async function results(out, script) {
  const site = await Site.start({ "/": [html("", { script }), STRICT] }, { "/out/": join(folder, out) });
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(site.url);
  await page.waitForFunction(() => globalThis.results);
  const found = await page.evaluate(() => globalThis.results);
  await page.locator("dryboot-editor .cm-content").waitFor();
  assert.deepEqual(complaints, []);
  assert.equal(site.requests.some((it) => it.includes("/dryboot/")), false, "the package itself is not served");
  await page.close();
  site.close();
  return found;
}

test("esbuild, with the modules copied beside the bundle", { timeout: 60_000 }, async () => {
  const { build } = require("esbuild");
  const options = { bundle: true, format: "esm", absWorkingDir: folder, entryPoints: ["main.js"], logLevel: "silent" };
  await build({ ...options, splitting: true, outdir: "esbuild" });
  cpSync(join(folder, "node_modules/dryboot/dist/modules"), join(folder, "esbuild/modules"), { recursive: true });
  assert.deepEqual(await results("esbuild", "/out/main.js"), [1, "web", 1]);
});

test("esbuild for Node, with the place of the modules given", { timeout: 60_000 }, async () => {
  const { build } = require("esbuild");
  const base = new URL("node_modules/dryboot/dist/modules/", `file://${folder}/`);
  const main = `import { lint, setBase } from "dryboot"; setBase(${JSON.stringify(base.href)});
    console.log((await lint(${JSON.stringify(BAD)})).summary.errors);`;
  const stdin = { contents: main, resolveDir: folder };
  await build({ bundle: true, format: "esm", platform: "node", stdin, outfile: join(folder, "node.mjs"), logLevel: "silent" });
  assert.equal(execFileSync(process.execPath, [join(folder, "node.mjs")], { encoding: "utf8" }), "1\n");
});

test("Vite", { timeout: 120_000 }, async () => {
  const { build } = await import("vite");
  const rollupOptions = { input: join(folder, "main.js"), output: { entryFileNames: "main.js" }, preserveEntrySignatures: "strict" };
  await build({ root: folder, base: "/out/", logLevel: "silent", build: { outDir: "vite", rollupOptions, modulePreload: false } });
  assert.deepEqual(await results("vite", "/out/main.js"), [1, "web", 1]);
});

test("webpack", { timeout: 120_000 }, async () => {
  const webpack = require("webpack");
  const stats = await new Promise((resolve, reject) =>
    webpack(
      {
        mode: "production",
        context: folder,
        entry: "./main.js",
        output: { path: join(folder, "webpack"), filename: "main.js", publicPath: "/out/", module: true, chunkFormat: "module" },
        experiments: { outputModule: true },
        devtool: false,
      },
      (error, stats) => (error ? reject(error) : resolve(stats)),
    ),
  );
  assert.deepEqual(stats.toJson({ all: false, errors: true }).errors, []);
  assert.deepEqual(await results("webpack", "/out/main.js"), [1, "web", 1]);
});
