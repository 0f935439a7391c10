// The package without a bundler: in a page by a script tag, and in a worker.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch } from "./harness.mjs";
import { Site, STRICT } from "./host.mjs";

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

const page = (policy) => [`<!doctype html><html lang="en"><title>x</title><script type="module" src="/dryboot/index.js"></script>`, policy];
const BAD = "#cloud-config\nhostnme: web\n";

test("a script of the page lints, and loads the modules that it needs alone", async () => {
  site.set("/", page(STRICT));
  const it = await browser.newPage();
  await it.goto(site.url);
  site.requests.length = 0;
  const lint = (text) => it.evaluate(async (text) => (await (await import("/dryboot/index.js")).lint(text)).summary.errors, text);
  assert.equal(await lint(BAD), 1);
  assert.deepEqual(site.requests.filter((request) => request.endsWith(".wasm")), ["GET /dryboot/modules/cloud-init.wasm"]);
  assert.equal(await lint("#cloud-config\ncoreos:\n  unts: []\n"), 1);
  assert.equal(await lint(BAD), 1);
  assert.deepEqual(site.requests.filter((request) => request.endsWith(".wasm")), ["GET /dryboot/modules/cloud-init.wasm", "GET /dryboot/modules/coreos.wasm"]);
  await it.close();
});

test("where WebAssembly is forbidden, the error says so", async () => {
  site.set("/", page("default-src 'none'; script-src 'self'; connect-src 'self'"));
  const it = await browser.newPage();
  await it.goto(site.url);
  await assert.rejects(it.evaluate(async (text) => (await import("/dryboot/index.js")).lint(text), BAD), /WebAssembly/);
  await it.close();
});

test("a worker lints", async () => {
  site.set("/", page(STRICT));
  site.set("/worker.js", 'import { lint } from "/dryboot/index.js"; onmessage = async ({ data }) => postMessage((await lint(data)).summary.errors);');
  const it = await browser.newPage();
  await it.goto(site.url);
  const errors = await it.evaluate((text) => {
    const worker = new Worker("/worker.js", { type: "module" });
    const answer = new Promise((resolve, reject) => Object.assign(worker, { onmessage: ({ data }) => resolve(data), onerror: reject }));
    worker.postMessage(text);
    return answer;
  }, BAD);
  assert.equal(errors, 1);
  await it.close();
});
