// What is published: the files of the package, their size, and how other tools see it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const NPM = fileURLToPath(new URL("../../npm", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "dryboot-pack-"));
after(() => rmSync(folder, { recursive: true }));

const run = (program, args, cwd = HERE) => execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const [packed] = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], NPM));
const tarball = join(folder, packed.filename);

test("the package has the modules, the entries, their types and the licences, and nothing else", () => {
  const names = packed.files.map(({ path }) => path).filter((path) => !/^dist\/chunk-/.test(path));
  const modules = ["cloud-init-first", "cloud-init", "coreos-first", "coreos", "boot", "openpgp"];
  const entries = ["index", "boot", "openpgp", "editor", "dryboot-editor", "frame"];
  const wanted = [
    "package.json",
    "README.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "bin/dryboot.js",
    ...["frame.html", "frame.css", "frame-page.js", "report.d.ts", "verify-report.d.ts"].map((name) => `dist/${name}`),
    ...entries.flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]),
    "dist/modules/rules.js",
    ...modules.flatMap((name) => [`dist/modules/${name}.js`, `dist/modules/${name}.wasm`]),
    ...modules.filter((name) => name !== "openpgp").map((name) => `dist/modules/${name}-worker.js`),
  ];
  assert.deepEqual(names.sort(), wanted.sort());
});

test("the package is at most 4.2 MB to download, and 10.5 MB on the disk", () => {
  assert.ok(packed.size <= 4_200_000, `${packed.size} bytes`);
  assert.ok(packed.unpackedSize <= 10_500_000, `${packed.unpackedSize} bytes`);
});

test("the element's script is at most 25 KB of brotli before anybody types", () => {
  const scripts = [join(NPM, "dist/dryboot-editor.js")];
  for (const script of scripts) {
    // Only static imports: what `import()` names comes later.
    for (const [, name] of readFileSync(script, "utf8").matchAll(/(?:from|import)"\.\/([^"]+)"/g)) {
      const path = join(NPM, "dist", name);
      scripts.includes(path) || scripts.push(path);
    }
  }
  assert.ok(scripts.length > 1);
  const bytes = scripts.reduce((sum, path) => sum + brotliCompressSync(readFileSync(path)).length, 0);
  assert.ok(bytes <= 25_000, `${bytes} bytes`);
});

test("publint and arethetypeswrong have nothing to say", () => {
  assert.match(run("npx", ["--no-install", "publint", "run", tarball, "--strict"]), /All good/);
  run("npx", ["--no-install", "attw", tarball, "--profile", "esm-only"]);
});

test("the types are those of the functions, and wrong options do not compile", () => {
  run("npm", ["init", "--yes", "--silent"], folder);
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--offline", tarball], folder);
  const good = `
    import { complete, explain, fix, hover, lint, type LintReport } from "dryboot";
    import { preview } from "dryboot/boot";
    import { define, type DrybootEditor } from "dryboot/editor";
    import { Verifier } from "dryboot/openpgp";
    import "dryboot/dryboot-editor.js";
    const report: LintReport = await lint("", { target: "debian-12", kind: "vendor-data" });
    const rules: string[] = report.files[0]!.diagnostics.map((it) => it.rule);
    const severity: "error" | "warning" | "info" = report.files[0]!.diagnostics[0]!.severity;
    const { text }: { text: string } = await fix("", { unsafe: true });
    const title: string | undefined = (await hover("", 0))?.title;
    const labels: string[] | undefined = (await complete("", 0))?.items.map((it) => it.label);
    const docs: string | undefined = (await explain("x")).docs["cloud-init"];
    const exit: number = (await preview("", { platform: "ec2" })).exit_code;
    const verified = (await Verifier.create({ signature: new Uint8Array(), keys: [] })).finish("image");
    const editor: DrybootEditor = document.createElement("dryboot-editor");
    editor.block = "error";
    console.log(define, rules, severity, text, title, labels, docs, exit, verified, editor.value);`;
  const wrong = ['lint("", { tarket: "x" })', 'lint(5)', 'lint("", { kind: "metadata" })', 'document.createElement("dryboot-editor").block = "all"'];
  const check = (source) => {
    writeFileSync(join(folder, "it.mts"), source);
    const options = ["--strict", "--noEmit", "--target", "esnext", "--module", "nodenext", "--lib", "esnext,dom", "--types", ""];
    run(join(HERE, "node_modules/.bin/tsc"), [...options, "it.mts"], folder);
  };
  const told = (source) => {
    try {
      check(source);
    } catch ({ stdout }) {
      return stdout;
    }
    return "";
  };
  assert.equal(told(good), "");
  for (const line of wrong) {
    assert.match(told(`import { lint } from "dryboot";\nimport "dryboot/editor";\n${line};\nvoid lint;`), /error TS/, line);
  }
});
