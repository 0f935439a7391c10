// The package `dryboot` as Node sees it: what its functions answer and refuse, and its command.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import * as dryboot from "../../npm/dist/index.js";
import { platforms, preview } from "../../npm/dist/boot.js";
import { define } from "../../npm/dist/editor.js";
import { Verifier } from "../../npm/dist/openpgp.js";

const BAD = "#cloud-config\n# 🚀\nhostnme: web\n";
const COREOS = "#cloud-config\ncoreos:\n  update:\n    reboot-strategy: off\n";

const found = ({ files: [{ diagnostics }] }) => diagnostics.map(({ rule, span: { start } }) => [rule, start.offset, start.line]);

test("a report is that of the command, with offsets as JavaScript counts", async () => {
  const report = await dryboot.lint(BAD);
  assert.equal(report.version, 1);
  assert.deepEqual(found(report), [["unknown-key", 19, 3]]);
  assert.equal(BAD.slice(19, 26), "hostnme");
  assert.deepEqual(found(await dryboot.lint(new TextEncoder().encode(BAD))), [["unknown-key", 19, 3]]);
});

test("the program of a text is found, and another can be asked for", async () => {
  assert.equal((await dryboot.lint(COREOS)).files[0].target, "flatcar");
  assert.equal((await dryboot.lint(COREOS, { target: "debian-12" })).files[0].target, "debian-12");
  assert.equal((await dryboot.lint(new TextEncoder().encode(COREOS), { target: "coreos" })).files[0].target, "coreos");
  // It looks like CoreOS, and is not.
  assert.equal((await dryboot.lint("#!/bin/sh\ncat <<E\ncoreos:\nE\n")).files[0].kind, "script");
  const names = (await dryboot.targets()).map(({ name }) => name);
  assert.ok(["cloud-init", "debian-12", "coreos", "flatcar"].every((name) => names.includes(name)));
});

test("a network configuration is judged as one", async () => {
  const { files: [file] } = await dryboot.lint("network:\n  version: 2\n  ethernets: 5\n", { kind: "network-config" });
  assert.equal(file.kind, "network-config");
  assert.ok(file.diagnostics.length > 0);
});

test("fixes are made until there are none, the unsafe ones only when asked for, and after the safe ones", async () => {
  const octal = "#cloud-config\nhostnme: a\nwrite_files:\n  - path: /a\n    permissions: 0644\n";
  const safe = octal.replace("0644", "'0644'");
  const made = await dryboot.fix(octal);
  assert.deepEqual([made.text, made.fixed, made.report.summary.errors], [safe, 1, 1]);
  const all = await dryboot.fix(octal, { unsafe: true });
  assert.deepEqual([all.text, all.fixed, all.report.summary.errors], [safe.replace("hostnme", "hostname"), 2, 0]);
  assert.equal((await dryboot.fix(BAD)).text, BAD);
});

test("keys are explained and completed, rules documented, secrets seen", async () => {
  const hover = await dryboot.hover("#cloud-config\nhostname: web\n", 16);
  assert.deepEqual([hover.from, hover.to], [14, 22]);
  const { items } = await dryboot.complete("#cloud-config\nhostn", 19);
  assert.ok(items.some(({ label }) => label === "hostname"));
  assert.match((await dryboot.explain("unknown-key")).docs["cloud-init"], /What it does/);
  assert.equal(await dryboot.holdsSecret("#!/bin/sh\nDB_PASSWORD=hunter22\n"), true);
  assert.equal(await dryboot.holdsSecret(BAD), false);
});

test("a boot is previewed as the command does", async () => {
  const { version, machine } = await preview("#cloud-config\nhostname: web\n", { target: "flatcar" });
  assert.deepEqual([version, machine.hostname], [1, "web"]);
  assert.ok((await platforms()).some(({ name }) => name === "ec2"));
  const { distribution, recorded } = await preview("#cloud-config\npackages: [git]\n", { target: "debian-12" });
  assert.deepEqual([distribution, recorded.status], ["debian", "done"]);
  await assert.rejects(preview("#cloud-config\n", { target: "freebsd" }), /`freebsd` cannot be previewed/);
  const options = { target: "ubuntu-24.04", platform: "ec2", boot: "second" };
  const { platform, stages } = await preview("#cloud-config\n", options);
  assert.equal(platform, "ec2");
  assert.ok(stages.some(({ name }) => name.endsWith("of boot 2")));
});

test("what cannot be meant is an error", async () => {
  const wrong = [
    [() => dryboot.lint(5), /string or a Uint8Array/],
    [() => dryboot.lint(BAD, { tarket: "coreos" }), /`tarket` is not an option; there are target/],
    [() => dryboot.lint(BAD, { target: 5 }), /`target` must be: string/],
    [() => dryboot.lint(BAD, { target: "debain-12" }), /`debain-12` is not a known target/],
    [() => dryboot.lint(BAD, { kind: "metadata" }), /`metadata` is not a kind/],
    [() => dryboot.lint(BAD, "coreos"), /options must be an object/],
    [() => dryboot.hover(BAD, 1000), /within the text/],
    [() => dryboot.explain("unknown-kex"), /no rule `unknown-kex`/],
    [() => dryboot.fix(new Uint8Array()), /must be a string/],
    [() => preview(BAD, { plattform: "ec2" }), /`plattform`/],
    [() => preview(COREOS, { platform: "ec3" }), /`ec3` is not a known platform/],
    [() => Verifier.create({}), /`signature` and `keys`/],
    [() => Verifier.create({ signature: new Uint8Array(3), keys: [] }), /signature/],
  ];
  for (const [call, words] of wrong) {
    await assert.rejects(call, (error) => error instanceof Error && words.test(error.message), String(call));
  }
});

test("lone surrogates and other odd texts are texts", async () => {
  for (const text of ["", "\ud800", "#cloud-config\n\udfff: 1\n", "\ufeff#cloud-config\r\n", "\0".repeat(1000)]) {
    assert.equal((await dryboot.lint(text)).version, 1);
  }
});

test("on a server, the element is imported and does nothing", () => {
  assert.equal(define(), undefined);
});

test("the command prints findings, and says by its exit code whether there are any", () => {
  const run = (args, input = BAD) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["npm/bin/dryboot.js", ...args], { input, encoding: "utf8", cwd: new URL("../..", import.meta.url) });
    return { stdout, stderr, status };
  };
  const finding = "<stdin>:3:1: error[unknown-key]: unknown key `hostnme`: cloud-init ignores it\n";
  assert.deepEqual(run(["lint", "-"]), { stdout: finding, stderr: "", status: 1 });
  assert.deepEqual(run(["lint", "-"], "#cloud-config\nhostname: a\n"), { stdout: "", stderr: "", status: 0 });
  assert.equal(JSON.parse(run(["lint", "-", "--output-format", "json"]).stdout).files[0].path, "<stdin>");
  assert.match(run(["lint", "-"], "#cloud-config\n\"\\e[2Jx\": 1\n").stdout, /^[\x20-\x7e\n]*$/);
  for (const [args, words] of [
    [["lint"], "no file"],
    [["preview", "-"], "`preview` is not a command"],
    [["lint", "-", "--tarket", "x"], "--tarket"],
    [["lint", "-", "--fail-on", "all"], "--fail-on"],
    [["lint", "-", "--target", "debain-12"], "debain-12"],
    [["lint", "/nowhere"], "/nowhere"],
  ]) {
    const { stderr, status } = run(args);
    assert.ok(status === 2 && stderr.startsWith("error: ") && stderr.includes(words), `${args}: ${status} ${stderr}`);
  }
});
