// What trunk leaves to its hooks. `build.mjs bundle`, before the build: JavaScript and CSS into
// `web/.build`. `build.mjs name`, after it: puts a hash of their content into the name of the
// directory with the files that the page loads by itself, so that they can be cached for ever.
import { createHash } from "node:crypto";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

async function bundle() {
  const { build } = await import("esbuild");
  const shared = {
    outdir: join(here, ".build"),
    bundle: true,
    minify: process.env.TRUNK_PROFILE === "release",
    target: ["chrome123", "firefox121", "safari17.5"],
    charset: "utf8",
    logLevel: "warning",
  };
  await build({ ...shared, entryPoints: { style: join(here, "styles/index.css"), theme: join(here, "js/theme.js") } });
  await build({
    ...shared,
    format: "esm",
    entryPoints: {
      boot: join(here, "js/boot.js"),
      editor: join(here, "js/editor/index.js"),
      worker: join(here, "js/worker.js"),
    },
    // Made by wasm-bindgen, and laid beside the worker.
    external: ["./dryboot-wasm.js"],
  });
}

async function name() {
  const staging = process.env.TRUNK_STAGING_DIR;
  const plain = join(staging, "assets");
  const hash = createHash("sha256");
  for (const file of (await readdir(plain)).sort()) {
    hash.update(file).update(await readFile(join(plain, file)));
  }
  const directory = `assets-${hash.digest("hex").slice(0, 16)}`;
  await rename(plain, join(staging, directory));
  const page = join(staging, "index.html");
  const html = await readFile(page, "utf8");
  const mark = 'name="dryboot-assets" content="assets/"';
  if (!html.includes(mark)) {
    throw new Error(`index.html lacks ${mark}`);
  }
  await writeFile(page, html.replace(mark, `name="dryboot-assets" content="${directory}/"`));
}

const steps = { bundle, name };
const step = steps[process.argv[2]];
if (!step) {
  throw new Error(`usage: build.mjs ${Object.keys(steps).join("|")}`);
}
await step();
