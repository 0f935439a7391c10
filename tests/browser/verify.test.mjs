// The module that verifies images, in its worker: on all that gpg makes, on images of any size, and what it refuses.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { CASES, Folder, withCases } from "./files.mjs";
import { baseUrl, launch } from "./harness.mjs";
import { peakMemory } from "./memory.mjs";
import { chooseFile, giveFiles, openVerifier } from "./verifier.mjs";

const MB = 1_000_000;
const index = CASES ? JSON.parse(readFileSync(`${CASES}/index.json`, "utf8")) : { cases: [] };
const good = index.cases.find((it) => it.expect.good && it.options.fingerprints.length === 0);

let browser;
let page;
let folder;
before(async () => {
  folder = new Folder();
  browser = await launch();
  page = await browser.newPage();
  await openVerifier(page, baseUrl());
  const names = index.cases.flatMap(({ keyring, signature, data }) => [...keyring, signature, data]);
  await giveFiles(page, CASES, [...new Set(names)]);
});
after(async () => {
  await browser.close();
  folder.remove();
});

/** Verifies in a worker of its own what files of these names hold. */
function verify(page, { data, signature, keyring, options }) {
  return page.evaluate(
    async ([data, signature, keyring, options]) => {
      const { files, verifier } = globalThis;
      const worker = verifier.spawn();
      const keys = keyring.map((name) => files[name]);
      const input = { image: files[data], signature: files[signature], keys, name: data, options };
      const said = await verifier.ask(worker, "verify", input);
      worker.terminate();
      return said;
    },
    [data, signature, keyring, JSON.stringify(options)],
  );
}

/** Sorts files of these names. */
function sort(names) {
  return page.evaluate(async (names) => {
    const worker = globalThis.verifier.spawn();
    const answers = {};
    for (const name of names) {
      const { answer, error } = await globalThis.verifier.ask(worker, "sort", globalThis.files[name]);
      answers[name] = answer ?? error;
    }
    worker.terminate();
    return answers;
  }, names);
}

test("the verdict on all that gpg makes is the native one, without a single false good", withCases, async () => {
  const outcomes = await page.evaluate(async (cases) => {
    const { files, verifier } = globalThis;
    const worker = verifier.spawn();
    const outcomes = [];
    for (const { data, signature, keyring, options } of cases) {
      const keys = keyring.map((name) => files[name]);
      // In some cases, one file is given as both; its name tells what is refused.
      const signatures = new File([files[signature]], "as signature");
      const input = { image: files[data], signature: signatures, keys, name: data };
      const { answer, error } = await verifier.ask(worker, "verify", { ...input, options: JSON.stringify(options) });
      outcomes.push(answer ?? { error });
    }
    worker.terminate();
    return outcomes;
  }, index.cases);
  const differing = [];
  const falselyGood = [];
  index.cases.forEach(({ name, keyring, expect }, at) => {
    const { good, signatures, error } = outcomes[at];
    // An error begins with the name of the file that it is about.
    const isAbout = (file) => error?.startsWith(`${file}: `);
    const refused = isAbout("as signature") ? "signature" : keyring.some(isAbout) ? "keyring" : error;
    const outcome = error
      ? { good: false, states: [], refused }
      : { good, states: signatures.map(({ state }) => state), refused: null };
    if (outcome.good && !expect.good) falselyGood.push(name);
    if (JSON.stringify(outcome) !== JSON.stringify(expect)) differing.push({ name, outcome, expect });
  });
  assert.deepEqual(falselyGood, []);
  assert.deepEqual(differing, []);
  assert.ok(index.cases.length >= 163, `${index.cases.length} cases`);
});

test("a report has the form of the command's", withCases, async () => {
  const { answer } = await verify(page, good);
  const first = ["version", "file", "bytes", "good", "trust", "headline"];
  assert.deepEqual(Object.keys(answer), [...first, "counted", "required", "signatures", "keyring", "remarks"]);
  assert.equal(answer.file, good.data);
  assert.match(answer.signatures[0].message, /matches the file/);
});

test("a fingerprint that no key has is told", withCases, async () => {
  const options = { ...good.options, fingerprints: ["AB".repeat(20)] };
  const { answer } = await verify(page, { ...good, options });
  assert.equal(answer.good, false);
  assert.match(answer.remarks.at(-1), /^the key ABAB.* is not in a keyring/);
});

test("files are told apart by what is in them", withCases, async () => {
  const armored = Object.values(index.cases).find(({ keyring }) => keyring[0]?.endsWith(".asc")).keyring[0];
  await page.evaluate(() => {
    const give = (name, text) => (globalThis.files[name] = new File([text], name));
    give("secret.asc", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAQID\n-----END PGP PRIVATE KEY BLOCK-----\n");
    give("version.txt", "COREOS_BUILD=2023\nCOREOS_VERSION=2023.4.0\n");
    give("x.DIGESTS.asc", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nabc\n");
    give("empty.sig", "");
    give("empty.bin", "");
  });
  const own = ["secret.asc", "version.txt", "x.DIGESTS.asc", "empty.sig", "empty.bin"];
  const answers = await sort([good.data, good.signature, good.keyring[0], armored, ...own]);
  const kinds = Object.values(answers).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(0, 4), ["image", "signature", "keyring", "keyring"]);
  assert.deepEqual(kinds.slice(4), ["private-key", "version", "refused", "refused", "image"]);
  const { answer } = await verify(page, good);
  assert.deepEqual(answers[good.keyring[0]].keyring, answer.keyring);
  assert.equal(answers["version.txt"].label, "2023.4.0");
  assert.match(answers["secret.asc"].message, /^this is a private key, and was not read any further/);
});

test("a private key among the keys is refused by name, and nothing is verified", withCases, async () => {
  await page.evaluate(() => {
    const text = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAQID\n-----END PGP PRIVATE KEY BLOCK-----\n";
    globalThis.files["secret.asc"] = new File([text], "secret.asc");
  });
  const { answer, error } = await verify(page, { ...good, keyring: [...good.keyring, "secret.asc"] });
  assert.equal(answer, undefined);
  assert.match(error, /^secret\.asc: this is a private key, and was not read any further/);
});

test("options that make no sense are refused", withCases, async () => {
  const { error } = await verify(page, { ...good, options: { ...good.options, accept_sha256: true } });
  assert.match(error, /the options cannot be read/);
});

test("an empty image is read to its end", withCases, async () => {
  await page.evaluate(() => (globalThis.files["empty.bin"] = new File([], "empty.bin")));
  const { answer, progress } = await verify(page, { ...good, data: "empty.bin" });
  assert.deepEqual([answer.good, answer.bytes, answer.signatures[0].state], [false, 0, "bad"]);
  assert.deepEqual(progress, [0]);
});

test("a file that changes after it was chosen is not read", withCases, async () => {
  const path = folder.file("changing.bin", "as it was");
  await chooseFile(page, "changing.bin", path);
  writeFileSync(path, "as it is now, which is longer");
  const { answer, error } = await verify(page, { ...good, data: "changing.bin" });
  assert.equal(answer, undefined);
  assert.match(error, /^cannot read `changing\.bin`: .*choose it again$/);
  assert.match((await sort(["changing.bin"]))["changing.bin"], /^cannot read `changing\.bin`/);
});

test("300 MB go through in the memory of a piece, and progress is told", withCases, async () => {
  const path = folder.sparse("big.bin", 300 * MB);
  await chooseFile(page, "big.bin", path);
  const before = await peakMemory(browser);
  const { answer, progress } = await verify(page, { ...good, data: "big.bin" });
  const grown = (await peakMemory(browser)) - before;
  assert.deepEqual([answer.bytes, answer.signatures[0].state], [300 * MB, "bad"]);
  assert.equal(progress[0], 0);
  assert.ok(progress.length > 3, `${progress.length} times`);
  assert.ok(progress.every((at, index) => at <= 300 * MB && (index === 0 || at > progress[index - 1])));
  // A worker with its module needs some 40 MB.
  assert.ok(Number.isNaN(grown) || grown < 100 * MB, `${Math.round(grown / MB)} MB more`);
});

test("however often it reads, every verdict comes", withCases, async () => {
  const verdicts = await page.evaluate(
    async ([data, signature, keyring, options]) => {
      const { files, verifier } = globalThis;
      const worker = verifier.spawn();
      const keys = keyring.map((name) => files[name]);
      const input = { image: files[data], signature: files[signature], keys, name: data, options };
      let verdicts = 0;
      for (let count = 0; count < 1000; count++) {
        const { answer } = await verifier.ask(worker, "verify", input);
        verdicts += answer.good;
      }
      worker.terminate();
      return verdicts;
    },
    [good.data, good.signature, good.keyring, JSON.stringify(good.options)],
  );
  assert.equal(verdicts, 1000);
});

test("a verification is cancelled by terminating its worker", withCases, async () => {
  const path = folder.sparse("endless.bin", 100_000 * MB);
  await chooseFile(page, "endless.bin", path);
  const { told, later } = await page.evaluate(
    async ([signature, keyring, options]) => {
      const { files, verifier } = globalThis;
      const worker = verifier.spawn();
      const keys = keyring.map((name) => files[name]);
      const input = { image: files["endless.bin"], signature: files[signature], keys, name: "endless", options };
      let told = 0;
      await new Promise((underWay) => {
        worker.onmessage = ({ data: [, at] }) => ++told && at > 0 && underWay();
        worker.postMessage([1, "verify", input]);
      });
      worker.terminate();
      const before = told;
      await new Promise((passed) => setTimeout(passed, 300));
      return { told: before, later: told };
    },
    [good.signature, good.keyring, JSON.stringify(good.options)],
  );
  assert.equal(later, told);
  // Another one starts as if nothing had been.
  const { answer } = await verify(page, good);
  assert.equal(answer.good, true);
});

test("the module is asked for with its worker, never before, and the page's policy allows it", async () => {
  const other = await browser.newPage();
  const asked = [];
  const complaints = [];
  other.on("request", (request) => request.url().includes("openpgp") && asked.push(new URL(request.url()).pathname));
  other.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await openVerifier(other, baseUrl());
  await other.locator("html[data-first-lint] .cm-content").waitFor();
  await other.waitForLoadState("networkidle");
  assert.deepEqual(asked, []);
  const { answer } = await other.evaluate(() => {
    const { verifier } = globalThis;
    return verifier.ask(verifier.spawn(), "sort", new File(["x"], "x"));
  });
  assert.deepEqual(answer, { kind: "image" });
  const names = asked.map((path) => path.split("/").at(-1));
  assert.deepEqual(names, ["openpgp-worker.js", "dryboot-wasm-openpgp_bg.wasm"]);
  assert.deepEqual(complaints, []);
});
