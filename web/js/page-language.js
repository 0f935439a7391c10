// The language of the page: the one that the user has chosen, or else the first of the browser's that there is.
import { firstKnown, Language } from "./language.js";

const KEY = "language";

const { content: assets } = document.querySelector('meta[name="dryboot-assets"]');

export const language = new Language(async (name) => (await fetch(new URL(`${assets}${name}.json`, document.baseURI))).json());
export const { t } = language;

/** Those who hear of another language, in their order. */
const listeners = [];

/** Calls `changed` whenever the page speaks another language. */
export const onLanguage = (changed) => listeners.push(changed);

/** The texts of the frame, each as a function that writes it anew. Names are left alone: they are `translate="no"`. */
const labels = [];

const ATTRIBUTES = ["aria-label"];

function collect(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const [, before, english, after] = /^(\s*)(.*?)(\s*)$/s.exec(node.data);
    if (english) {
      const key = english.replace(/\s+/g, " ");
      labels.push(() => (node.data = before + t(key) + after));
    }
  } else if (node.translate && !node.matches("textarea, svg")) {
    for (const name of ATTRIBUTES.filter((name) => node.hasAttribute(name))) {
      const english = node.getAttribute(name);
      labels.push(() => node.setAttribute(name, t(english)));
    }
    node.childNodes.forEach(collect);
  }
}

async function speak(name) {
  if (await language.speak(name)) {
    document.documentElement.lang = language.name;
    labels.forEach((label) => label());
    listeners.forEach((changed) => changed());
  }
  choices.querySelector(`[value=${language.name}]`).checked = true;
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // The choice holds until the page is closed.
  }
}

const choices = document.getElementById("languages");
choices.addEventListener("change", ({ target }) => {
  keep(target.value);
  speak(target.value);
});

collect(document.querySelector("title"));
collect(document.getElementById("app"));

/** Is done when the page has its language. */
export const spoken = speak(firstKnown([stored(), ...navigator.languages].filter(Boolean)));
