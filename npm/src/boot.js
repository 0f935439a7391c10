// The preview of boots: what the program that reads a text does with it.
import { call, load } from "./load.js";
import { checked, checkedText } from "./options.js";

export { setBase } from "./load.js";

const OPTIONS = { target: "string", platform: "string", metadata: "string", oem: "string", vendorData: "string", boot: "string", fail: "array" };

const utf8 = new TextEncoder();

/** Promises what a boot with a text does, as `dryboot preview --output-format json` prints it. */
export async function preview(text, options) {
  checkedText(text);
  const { target, ...rest } = checked(options, OPTIONS);
  const { preview_report } = await load("boot");
  const bytes = typeof text === "string" ? utf8.encode(text) : text;
  return JSON.parse(call(preview_report, bytes, target, JSON.stringify(rest)));
}

/** Promises the platforms that a boot can be previewed on. */
export async function platforms() {
  const { platforms } = await load("boot");
  return JSON.parse(platforms());
}
