// The language of an element: its own attribute, or else that of what it is in, or else the browser's.
import { firstKnown } from "../language.js";

const FILES = { de: () => import("../../languages/de.json") };

/** Promises the texts of a language. */
export const loadLanguage = async (name) => (await FILES[name]()).default;

/** The language that holds for an element. */
export function languageOf(element) {
  for (let at = element; at; at = at.getRootNode().host) {
    const { lang } = at.closest("[lang]:not([lang=''])") ?? {};
    if (lang) {
      return firstKnown([lang]);
    }
  }
  return firstKnown(navigator.languages);
}

/** The elements that follow what they are in, each with what it does then. */
const followers = new Map();

const observer = globalThis.MutationObserver && new MutationObserver(() => followers.forEach((changed) => changed()));

/** Calls `changed` when another language may hold for an element; without `changed`, no more. */
export function watchLanguages(element, changed) {
  if (changed) {
    followers.set(element, changed);
  } else {
    followers.delete(element);
  }
  observer?.disconnect();
  if (followers.size > 0) {
    observer?.observe(document, { subtree: true, attributeFilter: ["lang"] });
  }
}
