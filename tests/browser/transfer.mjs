// Prints, as JSON, every file that the page transfers until it has shown its first lint result, with its size as it is
// and compressed. The browser tells which files these are; a static host would compress them as done here.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { baseUrl, launch } from "./harness.mjs";

/** How long the first lint result may take, in milliseconds: far more than it should on a slow machine. */
const PATIENCE = 30_000;

/** The addresses of the page's files, in the order of their requests. */
async function filesBeforeFirstLint(browser, base) {
  // A service worker would ask for everything at once, after the page has what it needs.
  const page = await browser.newPage({ serviceWorkers: "block" });
  const urls = new Set();
  const trouble = [];
  page.on("request", (request) => {
    if (request.url().startsWith("http")) urls.add(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`${message.text()} [${message.location().url}]`);
  });
  page.on("pageerror", (error) => trouble.push(String(error)));
  await page.goto(`${base}/`);
  try {
    await page.waitForFunction(() => "firstLint" in document.documentElement.dataset, null, { timeout: PATIENCE });
  } catch (cause) {
    const seen = trouble.length > 0 ? `; the page says: ${trouble.join("; ")}` : "";
    throw new Error(`<html> got no data-first-lint within ${PATIENCE / 1000} s${seen}`, { cause });
  }
  return [...urls];
}

async function measure(url, base) {
  if (!url.startsWith(`${base}/`)) throw new Error(`the page asks another server: ${url}`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  const body = Buffer.from(await response.arrayBuffer());
  const brotli = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
  return {
    path: new URL(url).pathname,
    raw: body.length,
    gzip: gzipSync(body, { level: 9 }).length,
    brotli: brotli.length,
  };
}

const base = baseUrl();
const browser = await launch();
try {
  const transfers = [];
  for (const url of await filesBeforeFirstLint(browser, base)) transfers.push(await measure(url, base));
  console.log(JSON.stringify(transfers, null, 2));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
