// Makes the package `dryboot` in this folder's `dist/`, from the sources here, the page's JavaScript, and the modules that
// `cargo xtask build` leaves in `web/.build/modules`. `cargo xtask npm` runs it.
import { cp, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { declarations } from "./declarations.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");
const web = join(root, "web");
const dist = join(here, "dist");
const modules = join(web, ".build/modules");

// The page and the package are built by the same tools.
const { build } = createRequire(join(web, "package.json"))("esbuild");

const shared = {
  bundle: true,
  format: "esm",
  charset: "utf8",
  logLevel: "warning",
  target: ["chrome123", "firefox121", "safari17.5", "node20"],
};

/** Each module: what its worker serves, if it has one, with the program that it holds alone. */
const MODULES = {
  "cloud-init-first": { program: "cloud-init" },
  "cloud-init": { program: "cloud-init" },
  "coreos-first": { program: "coreos" },
  coreos: { program: "coreos" },
  boot: {},
  openpgp: undefined,
};

/** The module and what goes with it: bindings, and a worker where the widget has one. */
async function buildModule(name, served) {
  const bindings = join(modules, `${name}.js`);
  await copyFile(join(modules, `${name}.wasm`), join(dist, "modules", `${name}.wasm`));
  // Who loads the module says where it is: a bundler may have moved it.
  const known = /module_or_path = new URL\('[^']+', import\.meta\.url\);/;
  const text = await readFile(bindings, "utf8");
  if (!known.test(text)) {
    throw new Error(`the bindings of ${name} do not name their module as expected`);
  }
  const stripped = text.replace(known, "throw new Error('the address of the module is missing');");
  const contents = { contents: stripped, resolveDir: modules };
  await build({ ...shared, minify: true, stdin: contents, outfile: join(dist, "modules", `${name}.js`) });
  if (served) {
    const serve = JSON.stringify(join(web, "js/workers/serve.js"));
    // Bundlers copy the script and take it for a classic one: it has nothing that only modules have.
    const worker = `import init, * as module from "bindings";
      import { serve } from ${serve};
      serve(init, module, decodeURIComponent(location.hash.slice(1)), ${JSON.stringify(served.program)}).catch(reportError);`;
    await build({
      ...shared,
      minify: true,
      stdin: { contents: worker, resolveDir: root },
      outfile: join(dist, "modules", `${name}-worker.js`),
      plugins: [inline("bindings", stripped)],
    });
  }
}

/** A module of this content in the place of a name. */
function inline(name, contents) {
  return {
    name,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: name }));
      build.onLoad({ filter: /./, namespace: name }, () => ({ contents, loader: "js" }));
    },
  };
}

/** The style sheet of the widget as text, and the outlines of the icons that stand in `index.html`. */
async function looks() {
  const made = await build({ ...shared, format: undefined, minify: true, write: false, entryPoints: [join(web, "styles/widget.css")] });
  const css = made.outputFiles[0].text.replaceAll(":root", ".root");
  const html = await readFile(join(root, "index.html"), "utf8");
  const used = ["error", "warning", "info", "check", "skipped", "enabled", "fix", "file"];
  const shapes = Object.fromEntries(
    used.map((name) => [name, new RegExp(`<symbol id="shape-${name}"[^>]*><path d="([^"]+)"`).exec(html)[1]]),
  );
  return `export const css = ${JSON.stringify(css)};\nexport const shapes = ${JSON.stringify(shapes)};`;
}

/** The targets that are not cloud-init's, with their program. */
async function otherTargets() {
  const { default: init, ...coreos } = await import(join(dist, "modules/coreos.js"));
  await init({ module_or_path: await readFile(join(dist, "modules/coreos.wasm")) });
  return Object.fromEntries(JSON.parse(coreos.targets()).map(({ name }) => [name, "coreos"]));
}

async function buildEntries() {
  const sources = ["index", "boot", "openpgp", "editor", "dryboot-editor", "frame", "frame-page"];
  await build({
    ...shared,
    minify: true,
    splitting: true,
    outdir: dist,
    chunkNames: "chunk-[hash]",
    entryPoints: sources.map((name) => join(here, `src/${name}.js`)),
    define: { OTHER_TARGETS: JSON.stringify(await otherTargets()) },
    external: ["./modules/*"],
    plugins: [inline("dryboot:looks", await looks())],
  });
}

/** The documentation of the rules as a module, which is loaded when somebody asks for it. */
async function writeRules() {
  const rules = await readFile(join(web, ".build/rules.json"), "utf8");
  await writeFile(join(dist, "modules/rules.js"), `export default ${rules};\n`);
}

async function writeTypes() {
  const schema = JSON.parse(await readFile(join(root, "docs/lint-report.schema.json"), "utf8"));
  const verify = JSON.parse(await readFile(join(root, "docs/verify-report.schema.json"), "utf8"));
  await writeFile(join(dist, "report.d.ts"), declarations(schema, "LintReport"));
  await writeFile(join(dist, "verify-report.d.ts"), declarations(verify, "VerifyReport"));
  await cp(join(here, "types"), dist, { recursive: true });
}

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, "modules"), { recursive: true });
for (const [name, served] of Object.entries(MODULES)) {
  await buildModule(name, served);
}
await buildEntries();
for (const name of ["frame.html", "frame.css"]) {
  await copyFile(join(here, "src", name), join(dist, name));
}
await writeRules();
await writeTypes();
for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) {
  await copyFile(join(root, licence), join(here, licence));
}
