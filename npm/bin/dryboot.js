#!/usr/bin/env node
// `npx dryboot lint FILE`: the linter for those who have Node at hand. The command written in Rust can do more.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { lint } from "../dist/index.js";

const USAGE = `Usage: dryboot lint [OPTIONS] FILE...

Checks cloud-init user-data, and cloud-config for CoreOS and Flatcar. FILE is - for standard input.

Options:
  --target TARGET          the program that will read it: cloud-init, debian-12, coreos, flatcar
  --platform PLATFORM      where the machine boots: aws, openstack
  --kind KIND              user-data, vendor-data or network-config
  --output-format FORMAT   concise or json
  --fail-on SEVERITY       the lowest severity that makes the exit code 1: error (default), warning or info
  --help                   this text
`;

const OPTIONS = {
  target: { type: "string" },
  platform: { type: "string" },
  kind: { type: "string" },
  "output-format": { type: "string", default: "concise" },
  "fail-on": { type: "string", default: "error" },
  help: { type: "boolean", default: false },
};

/** The formats, as functions of `[[path, report]]`. */
const FORMATS = { concise, json };

/** From the worst to the least. */
const SEVERITIES = ["error", "warning", "info"];

/** Characters that would move, hide or turn the text around them. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const visible = (text) => text.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);

function concise(reports) {
  const line = (path, { rule, severity, message, span: { start } }) =>
    `${visible(path)}:${start.line}:${start.column}: ${severity}[${rule}]: ${visible(message)}\n`;
  const unchecked = (path, { not_checked: why }) => (why ? `${visible(path)}: not checked: ${visible(why.message)}\n` : "");
  return reports
    .map(([path, { files: [file] }]) => unchecked(path, file) + file.diagnostics.map((found) => line(path, found)).join(""))
    .join("");
}

/** One report on all files, as the command written in Rust prints it, but with offsets in UTF-16. */
function json(reports) {
  const files = reports.flatMap(([path, report]) => report.files.map((file) => ({ ...file, path })));
  const summary = {};
  for (const [, report] of reports) {
    Object.entries(report.summary).forEach(([name, count]) => (summary[name] = (summary[name] ?? 0) + count));
  }
  return `${JSON.stringify({ version: 1, files, summary }, null, 2)}\n`;
}

async function read(path) {
  if (path !== "-") {
    return readFile(path);
  }
  const pieces = [];
  for await (const piece of process.stdin) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Fails with a message for who has typed the command. */
class Usage extends Error {}

function choice(values, name, choices) {
  if (!choices.includes(values[name])) {
    throw new Usage(`\`${values[name]}\` is not a valid value for \`--${name}\`: it must be ${choices.join(" or ")}`);
  }
  return values[name];
}

async function run() {
  let parsed;
  try {
    parsed = parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Usage(error.message);
  }
  const { values, positionals: [command, ...paths] } = parsed;
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (command !== "lint" || paths.length === 0) {
    throw new Usage(command === undefined || command === "lint" ? "no file is given" : `\`${command}\` is not a command: there is only \`lint\``);
  }
  const format = FORMATS[choice(values, "output-format", Object.keys(FORMATS))];
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(choice(values, "fail-on", SEVERITIES)) + 1);
  const { target, platform, kind } = values;
  const reports = [];
  for (const path of paths) {
    const bytes = await read(path);
    reports.push([path === "-" ? "<stdin>" : path, await lint(new Uint8Array(bytes), { target, platform, kind })]);
  }
  process.stdout.write(format(reports));
  const found = reports.some(([, { files: [{ diagnostics }] }]) => diagnostics.some(({ severity }) => failing.includes(severity)));
  return found ? 1 : 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`error: ${visible(error.message)}\n${error instanceof Usage ? "Try `dryboot --help`.\n" : ""}`);
  process.exitCode = 2;
}
