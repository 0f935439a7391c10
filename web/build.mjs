// What trunk leaves to its hooks. `build.mjs bundle`, before the build: JavaScript, CSS and the
// rules' documentation into `web/.build`. `build.mjs finish`, after it: joins the workers with their
// bindings, writes the first example into the page, and puts a hash of their content into the name
// of the directory with the files that the page loads by itself, so that they can be cached forever.
//
// `cargo xtask serve` has trunk build `.served.html` instead of `index.html`. `build.mjs bundle` makes it: at first
// without the modules that the first lint does without, which take longer than all else; once `web/.all-modules` is
// there, which trunk watches, with them.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");

const shared = {
  bundle: true,
  minify: process.env.TRUNK_PROFILE === "release",
  target: ["chrome123", "firefox121", "safari17.5"],
  charset: "utf8",
  logLevel: "warning",
};

/** The modules beside the app: the script of the worker that each serves, and whether the first lint does without it. */
const MODULES = [
  { name: "dryboot-wasm-cloud-init-first", worker: "cloud-init-first", later: false },
  { name: "dryboot-wasm-cloud-init", worker: "cloud-init", later: true },
  { name: "dryboot-wasm-coreos-first", worker: "coreos-first", later: true },
  { name: "dryboot-wasm-coreos", worker: "coreos", later: true },
  { name: "dryboot-wasm-boot", worker: "boot", later: true },
  { name: "dryboot-wasm-openpgp", worker: "openpgp", later: true },
];

const SERVED = ".served.html";
const isServed = basename(process.env.TRUNK_HTML_FILE ?? "") === SERVED;
const modules = MODULES.filter(({ later }) => !later || !isServed || existsSync(join(here, ".all-modules")));

/** What trunk builds when the page is served: `index.html` with the modules whose turn it is. */
async function writeServed() {
  let html = await readFile(join(root, "index.html"), "utf8");
  for (const module of MODULES.filter((module) => !modules.includes(module))) {
    const manifest = module.name.replace("dryboot-", "crates/") + "/Cargo.toml";
    const links = html.match(/<link\s[^>]*>/g).filter((link) => link.includes(`href="${manifest}"`));
    if (links.length !== 1) {
      throw new Error(`index.html must have one link to ${manifest}`);
    }
    html = replaceOnce(html, links[0], "");
  }
  await writeFile(join(root, SERVED), html);
}

async function bundle() {
  if (isServed) {
    await writeServed();
  }
  const { build } = await import("esbuild");
  const outdir = join(here, ".build");
  const plain = {
    style: join(here, "styles/index.css"),
    app: join(here, "styles/app.css"),
    theme: join(here, "js/theme.js"),
  };
  await build({ ...shared, outdir, entryPoints: plain });
  const scripts = {
    boot: join(here, "js/boot.js"),
    editor: join(here, "js/editor/index.js"),
    layout: join(here, "js/layout.js"),
    file: join(here, "js/file.js"),
    link: join(here, "js/link.js"),
    offline: join(here, "js/offline.js"),
  };
  await build({ ...shared, outdir, format: "esm", entryPoints: scripts });
  await writeFile(join(here, ".build/rules.json"), JSON.stringify(await ruleDocs()));
  await writeFile(join(here, ".build/de.json"), JSON.stringify(JSON.parse(await readFile(join(here, "languages/de.json"), "utf8"))));
}

/** The documentation of each rule, by its name, which is the document's title, and by program. */
async function ruleDocs() {
  const docs = {};
  for (const program of ["cloud-init", "coreos"]) {
    const folder = join(root, `crates/${program}/src/rules`);
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".md"));
    for (const file of files.sort()) {
      const [, name, text] = /^# (\S+)\n+(.*)$/s.exec(await readFile(join(folder, file), "utf8")) ?? [];
      if (!name) {
        throw new Error(`${file} does not begin with "# NAME"`);
      }
      docs[name] = { ...docs[name], [program]: text };
    }
  }
  return docs;
}

async function finish() {
  const staging = process.env.TRUNK_STAGING_DIR;
  const assets = join(staging, "assets");
  const { targets, platforms } = await choicesOf(assets, "dryboot-wasm-cloud-init-first");
  await joinWorkers(assets);
  const page = join(staging, "index.html");
  let html = await readFile(page, "utf8");
  html = replaceOnce(html, "{{targets}}", options(targets));
  html = replaceOnce(html, "{{platforms}}", platforms.map(({ name, title }) => `<option value="${name}">${title}</option>`).join(""));
  html = replaceOnce(html, "{{links}}", links(await readFile(join(root, "Cargo.toml"), "utf8")));
  html = await insertFile(html);
  // Below whatever path the page is served.
  html = html.replace(/ (src|href|content|data-wasm)="\/(?!\/)/g, ' $1="./');
  html = replaceOnce(html, 'content="assets/"', `content="${await nameAssets(staging)}/"`);
  if (process.env.TRUNK_PROFILE === "release") {
    html = replaceOnce(html, 'data-service-worker=""', `data-service-worker="${SERVICE_WORKER}"`);
    await writeServiceWorker(staging, html);
  }
  await writeFile(page, html);
}

const SERVICE_WORKER = "service-worker.js";

/** The service worker of the page as it ships: it knows all files, and the version that they are together. */
async function writeServiceWorker(staging, html) {
  const { build } = await import("esbuild");
  const entries = await readdir(staging, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => relative(staging, join(entry.parentPath, entry.name)));
  const files = ["./", ...paths.filter((path) => path !== "index.html").sort()];
  const version = createHash("sha256").update(html).digest("hex").slice(0, 16);
  await build({
    ...shared,
    entryPoints: [join(here, "js/service-worker.js")],
    outfile: join(staging, SERVICE_WORKER),
    define: { VERSION: JSON.stringify(version), FILES: JSON.stringify(files) },
  });
}

/** The targets and the platforms that a linter's module has: `[{name, version, group}]` and `[{name, title}]`. */
async function choicesOf(assets, name) {
  // A module of its own kind, whatever the folder says of its files.
  const bindings = `data:text/javascript,${encodeURIComponent(await readFile(join(assets, `${name}.js`), "utf8"))}`;
  const linter = await import(bindings);
  linter.initSync({ module: await readFile(join(assets, `${name}_bg.wasm`)) });
  return { targets: JSON.parse(linter.targets()), platforms: JSON.parse(linter.platforms()) };
}

/** What a group of targets is called, and how one of them is. */
const GROUPS = {
  usual: { words: ({ name, version }) => `${name} ${version}` },
  distribution: { title: /* t */ "Distributions", words: ({ name, version }) => `${name} (${version})` },
  release: { title: /* t */ "Releases", words: ({ name }) => name.replace("@", " ") },
};

/** The choice among targets: the newest version of the program, distributions with what they have, and older releases. */
function options(targets) {
  const groups = Object.entries(GROUPS).map(([group, { title, words }]) => {
    const members = targets.filter((target) => target.group === group);
    const options = members.map((target) => `<option value="${target.name}">${words(target)}</option>`).join("");
    return title ? `<optgroup label="${title}">${options}</optgroup>` : options;
  });
  return groups.join("");
}

/** What there is to read and to do elsewhere, below the address of the repository. */
const PAGES = [
  [/* t */ "Documentation", "#readme"],
  [/* t */ "Source", ""],
  [/* t */ "Report a bug", "/issues/new"],
];

/** Links to these pages; none as long as the manifest names no repository. */
function links(manifest) {
  const [, address] = /^repository = "(.+)"$/m.exec(manifest) ?? [];
  const link = ([words, path]) =>
    `<li><a class="menu-item" href="${address}${path}" target="_blank" rel="noreferrer">${words}</a></li>`;
  return address ? PAGES.map(link).join("") : "";
}

/** One file each is one round trip less until the first lint. The npm package takes the modules with their bindings. */
async function joinWorkers(assets) {
  const { build } = await import("esbuild");
  const kept = join(here, ".build/modules");
  await mkdir(kept, { recursive: true });
  for (const { name, worker } of modules) {
    const bindings = join(assets, `${name}.js`);
    await copyFile(bindings, join(kept, `${worker}.js`));
    await copyFile(join(assets, `${name}_bg.wasm`), join(kept, `${worker}.wasm`));
    await build({
      ...shared,
      format: "esm",
      entryPoints: [join(here, `js/workers/${worker}.js`)],
      outfile: join(assets, `${worker}-worker.js`),
      alias: { [name]: bindings },
    });
    await rm(bindings);
  }
}

/** Puts the text of a file in the place of its path in `{{}}`. */
async function insertFile(html) {
  const [mark, path] = /\{\{(.+)\}\}/.exec(html) ?? [];
  if (!mark) {
    throw new Error("index.html names no file in {{}}");
  }
  const text = await readFile(join(root, path), "utf8");
  return replaceOnce(html, mark, text.replace(/&/g, "&amp;").replace(/</g, "&lt;"));
}

function replaceOnce(html, mark, replacement) {
  const parts = html.split(mark);
  if (parts.length !== 2) {
    throw new Error(`index.html must have one ${mark}`);
  }
  return parts.join(replacement);
}

async function nameAssets(staging) {
  const plain = join(staging, "assets");
  const hash = createHash("sha256");
  for (const file of (await readdir(plain)).sort()) {
    hash.update(file).update(await readFile(join(plain, file)));
  }
  const directory = `assets-${hash.digest("hex").slice(0, 16)}`;
  await rename(plain, join(staging, directory));
  return directory;
}

const steps = { bundle, finish };
const step = steps[process.argv[2]];
if (!step) {
  throw new Error(`usage: build.mjs ${Object.keys(steps).join("|")}`);
}
await step();
