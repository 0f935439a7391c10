// What Lighthouse thinks of the page and of the launch form with the element in it.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import lighthouse from "lighthouse";

import { launch } from "../browser/harness.mjs";
import { Site } from "../browser/host.mjs";

const folder = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A port that was free a moment ago. */
async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

let browser;
let site;
let port;
before(async () => {
  port = await freePort();
  browser = await launch(`--remote-debugging-port=${port}`);
  site = await Site.start({}, { "/page/": folder("dist"), "/npm/": folder("npm") });
});
after(async () => {
  await browser.close();
  site.close();
});

for (const path of ["/page/", "/npm/examples/launch/"]) {
  test(`accessibility and best practices of ${path}`, { timeout: 180_000 }, async () => {
    const options = { port, logLevel: "error", onlyCategories: ["accessibility", "best-practices"] };
    const { lhr } = await lighthouse(site.url + path, options);
    const wrong = Object.values(lhr.audits).filter(({ score, id }) => score === 0 && id !== "valid-source-maps");
    assert.deepEqual(wrong.map(({ id, title }) => `${id}: ${title}`), []);
    assert.deepEqual(Object.values(lhr.categories).map(({ score }) => score), [1, 1]);
  });
}
