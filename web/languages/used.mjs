// The texts of the interface, as they stand in the sources: what `t` is called with, what is marked as `text!` or with
// `/* t */`, and the frame. The tests compare them with the languages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path) => readFileSync(join(root, path), "utf8");
const below = (folder, extension) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));

const LITERAL = String.raw`"((?:[^"\\]|\\[^])*)"`;
const IN_CODE = new RegExp(String.raw`(?:(?<!\w)(?:t!?|text!)\(\s*|/\* t \*/\s*)${LITERAL}`, "g");

/** A literal of Rust or JavaScript. Rust goes on in the next line after a backslash. */
const content = (literal) => literal.replace(/\\\n\s*/g, "").replace(/\\(["\\])/g, "$1");

const inCode = (text) => [...text.split("#[cfg(test)]\nmod tests")[0].matchAll(IN_CODE)].map(([, literal]) => content(literal));

const VOID = ["input"];
const UNREAD = /^(svg|textarea)$/;

/** What people read in a document, without what is `translate="no"`. */
function inDocument(html) {
  const found = [];
  const unread = [false];
  const title = /<title>(.*)<\/title>/.exec(html)[1];
  const body = html.slice(html.indexOf("<body>")).replace(/<!--.*?-->/gs, "");
  for (const [, close, name, attributes, text] of body.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>|([^<]+)/g)) {
    if (close) {
      unread.pop();
    } else if (name) {
      const isUnread = unread.at(-1) || UNREAD.test(name) || attributes.includes('translate="no"');
      if (!isUnread) {
        found.push(...[...attributes.matchAll(/ aria-label="([^"]*)"/g)].map(([, label]) => label));
      }
      if (!VOID.includes(name) && !attributes.endsWith("/")) {
        unread.push(isUnread);
      }
    } else if (text && !unread.at(-1)) {
      found.push(text.replace(/\s+/g, " ").trim());
    }
  }
  return [title, ...found].filter((text) => text && !/^\{\{.*\}\}$/.test(text));
}

/** All texts, each once. */
export function usedTexts() {
  const code = [...below("web/js", ".js"), ...below("web/src", ".rs"), "web/build.mjs"];
  return new Set([...code.flatMap((path) => inCode(read(path))), ...inDocument(read("index.html"))]);
}
