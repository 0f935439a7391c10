// Prints, as JSON, how fast the module verifies an image of the disk: `verify-speed.mjs FOLDER IMAGE ROUNDS`, where FOLDER
// has IMAGE, IMAGE.sig and `key.gpg`. `milliseconds` is the best of the rounds, `peak` the most memory that the page's
// process has had, in bytes, and `module` how long the module is.

import { join } from "node:path";
import { lengths } from "./compressed.mjs";
import { baseUrl, launch } from "./harness.mjs";
import { peakMemory } from "./memory.mjs";
import { chooseFile, giveFiles, openVerifier } from "./verifier.mjs";

const [folder, name, rounds] = process.argv.slice(2);

/** Runs in the page: how long it takes from the question to the verdict. */
async function verify(name) {
  const { files, verifier } = globalThis;
  const worker = verifier.spawn();
  // So that the module is there, and its loading is not measured.
  await verifier.ask(worker, "sort", files["key.gpg"]);
  const options = JSON.stringify({ now: Math.floor(Date.now() / 1000) });
  const input = { image: files[name], signature: files[`${name}.sig`], keys: [files["key.gpg"]], name, options };
  const start = performance.now();
  const { answer, error } = await verifier.ask(worker, "verify", input);
  const milliseconds = performance.now() - start;
  worker.terminate();
  if (!answer?.good) throw new Error(error ?? JSON.stringify(answer));
  return milliseconds;
}

const browser = await launch();
try {
  const page = await browser.newPage({ serviceWorkers: "block" });
  const module = page.waitForResponse((response) => response.url().endsWith("openpgp_bg.wasm"));
  await openVerifier(page, baseUrl());
  await giveFiles(page, folder, ["key.gpg", `${name}.sig`]);
  await chooseFile(page, name, join(folder, name));
  let milliseconds = Infinity;
  for (let round = 0; round < rounds; round++) {
    milliseconds = Math.min(milliseconds, await page.evaluate(verify, name));
  }
  const body = await fetch((await module).url()).then((response) => response.arrayBuffer());
  console.log(JSON.stringify({ milliseconds, peak: await peakMemory(browser), module: lengths(Buffer.from(body)) }));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
