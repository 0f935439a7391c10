// Links that carry a text: all of it stands behind the `#`, which browsers send to nobody. A link once made opens for ever:
// its first characters say which version of the format it is.

/** What comes before the content of a link, in each version. */
const MARKS = { 1: "#1=" };

/** The longest link that is made: mail and chat programs cut longer ones. In characters. */
export const LONGEST_LINK = 30_000;

/** The longest text that is taken out of a link: a small link may hold a very long one. In bytes. */
const LONGEST_TEXT = 4_000_000;

/** What a link may carry beside the text, by name. */
const CHOICES = ["target", "platform", "view"];

/** Whether an address has a text. */
export const carriesText = (hash) => Object.values(MARKS).some((mark) => hash.startsWith(mark));

/** Promises the part of an address behind which a text with these choices stands. */
export async function linkTo(text, choices = {}) {
  const kept = CHOICES.filter((name) => choices[name]).map((name) => [name, choices[name]]);
  // A lone surrogate has no UTF-8; JSON writes it as an escape.
  const json = new TextEncoder().encode(JSON.stringify({ text, ...Object.fromEntries(kept) }));
  const packed = await through(new CompressionStream("deflate-raw"), json, Infinity);
  return MARKS[1] + base64url(packed);
}

/** Promises what a link carries: `{text, target?, platform?, view?}`. Fails with a reason when it is damaged. */
export async function readLink(hash) {
  try {
    const bytes = fromBase64url(hash.slice(MARKS[1].length));
    const json = await through(new DecompressionStream("deflate-raw"), bytes, LONGEST_TEXT);
    const { text, ...rest } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
    if (typeof text !== "string") {
      throw new TypeError("no text");
    }
    const known = CHOICES.filter((name) => typeof rest[name] === "string").map((name) => [name, rest[name]]);
    return { text, ...Object.fromEntries(known) };
  } catch (error) {
    throw new Error(error instanceof RangeError ? /* t */ "the text in this link is too long" : /* t */ "this link is damaged: copy all of it", { cause: error });
  }
}

async function through(transform, bytes, limit) {
  const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
  const pieces = [];
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) {
      return new Uint8Array(await new Blob(pieces).arrayBuffer());
    }
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new RangeError("too long");
    }
    pieces.push(value);
  }
}

function base64url(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
