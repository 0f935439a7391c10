// The linter's prose as elements: paragraphs, and code in backticks.
import { visible } from "./visible.js";

/** An element with a class and children. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** A text in which every second piece between backticks is code. */
export function line(text) {
  return visible(text)
    .split("`")
    .map((piece, index) => (index % 2 ? element("code", "", piece) : piece));
}

/** A message as a sentence begins. */
export function sentence(text) {
  return line(text.replace(/^[a-z]/, (letter) => letter.toUpperCase()));
}

/** Paragraphs, parted by empty lines. */
export function paragraphs(text) {
  const parts = text.split(/\n{2,}/).filter((part) => part.trim());
  return parts.map((part) => element("p", "", ...line(part.replaceAll("\n", " "))));
}
