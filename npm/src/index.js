// The linter without a page: for Node, browsers, bundlers, Deno and workers. Offsets count in UTF-16, as JavaScript does.
import { call, load } from "./load.js";
import { checked, checkedText } from "./options.js";
import { firstFor, programOf } from "./targets.js";

export { setBase } from "./load.js";

const ABOUT_TEXT = { target: "string" };
const FOR_LINT = { ...ABOUT_TEXT, platform: "string", kind: "string", instanceData: "string" };

/** What a text may be given for. */
const KINDS = ["user-data", "vendor-data", "network-config"];

/** How often `fix` checks a text at most: a fix may make room for another one. */
const ROUNDS = 20;

/** Promises the report on a text, or on the bytes of a file. */
export async function lint(text, options) {
  checkedText(text);
  const { target, platform, kind = "user-data", instanceData } = checked(options, FOR_LINT);
  if (!KINDS.includes(kind)) {
    throw new TypeError(`\`${kind}\` is not a kind; there are ${KINDS.join(", ")}`);
  }
  if (kind === "network-config") {
    const whole = typeof text === "string" ? text : new TextDecoder().decode(text);
    const { lint_network_config } = await load("cloud-init");
    return JSON.parse(call(lint_network_config, whole, target ?? "cloud-init", platform)).report;
  }
  const module = await moduleFor(text, target);
  const operation = typeof text === "string" ? module.lint : module.lint_file;
  return JSON.parse(call(operation, text, target, platform, instanceData)).report;
}

/** Promises a text with the safe fixes of its report made, as often as there are any: `{text, fixed, report}`. */
export async function fix(text, options) {
  checkedText(text, false);
  const { unsafe = false, ...rest } = checked(options, { ...FOR_LINT, unsafe: "boolean" });
  let fixed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const report = await lint(text, rest);
    const edits = together(bestFixes(report, unsafe));
    if (edits.length === 0) {
      return { text, fixed, report };
    }
    fixed += edits.fixes;
    text = edits.reduceRight((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), text);
  }
  return { text, fixed, report: await lint(text, rest) };
}

/** The best fix of each finding, if it has one that may be made; the safe ones first. */
function bestFixes({ files: [{ diagnostics }] }, unsafe) {
  const best = ({ fixes }) => fixes.find(({ safety }) => unsafe || safety === "safe");
  const isUnsafe = ({ safety }) => Number(safety !== "safe");
  return diagnostics.map(best).filter(Boolean).sort((one, other) => isUnsafe(one) - isUnsafe(other));
}

/** The edits of all fixes, in order. Of fixes that touch the same text the first is made. */
function together(fixes) {
  const meets = (one, other) => (one.start < other.end && other.start < one.end) || one.start === other.start;
  const taken = Object.assign([], { fixes: 0 });
  for (const { edits } of fixes) {
    if (!edits.some((edit) => taken.some((other) => meets(edit, other)))) {
      taken.push(...edits);
      taken.fixes += 1;
    }
  }
  return taken.sort((one, other) => one.start - other.start || one.end - other.end);
}

/** Promises what is known about the place at an offset: `{from, to, title, text}`, or undefined. */
export async function hover(text, offset, options) {
  return about("hover", text, offset, options);
}

/** Promises what may be written at an offset: `{from, to, items}`, or undefined. */
export async function complete(text, offset, options) {
  return about("complete", text, offset, options);
}

async function about(operation, text, offset, options) {
  checkedText(text, false);
  const { target } = checked(options, ABOUT_TEXT);
  if (!Number.isInteger(offset) || offset < 0 || offset > text.length) {
    throw new RangeError("the offset must be a whole number within the text");
  }
  const module = await moduleFor(text, target);
  const json = call(module[operation], text, target, offset);
  return json === undefined ? undefined : JSON.parse(json);
}

/** Promises whether a text holds a secret, such as a password or a private key. */
export async function holdsSecret(text, options) {
  checkedText(text, false);
  const { target } = checked(options, ABOUT_TEXT);
  const module = await moduleFor(text, target);
  return call(module.holds_secret, text, target);
}

/** Promises the documentation of a rule: `{rule, docs}`, where `docs` has Markdown by program. */
export async function explain(rule) {
  const { default: rules } = await import("./modules/rules.js");
  if (!Object.hasOwn(rules, rule)) {
    throw new RangeError(`there is no rule \`${rule}\``);
  }
  return { rule, docs: rules[rule] };
}

/** Promises all targets: `[{name, version, group}]`. */
export async function targets() {
  const modules = await Promise.all([load("cloud-init"), load("coreos")]);
  return modules.flatMap((module) => JSON.parse(module.targets()));
}

/** The module of the program that a text is for. Each can say which one that is, so the likely one is asked first. */
async function moduleFor(text, target) {
  const first = typeof text === "string" ? firstFor(text, target) : programOf(target);
  const module = await load(first);
  const decide = typeof text === "string" ? module.program_of : module.program_of_file;
  const program = call(decide, text, target);
  return program === first ? module : load(program);
}
