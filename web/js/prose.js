// What the page is made of besides the app: elements, and the linter's prose in them.
import { visible } from "./visible.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element with a class and children. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** A button; one that does nothing is disabled. */
export function button(className, onclick, ...children) {
  const made = element("button", className, ...children);
  made.type = "button";
  made.disabled = !onclick;
  made.onclick = onclick ?? null;
  return made;
}

/** A drawing; its shape stands in `index.html`. It says nothing to screen readers: the text beside it does. */
export function icon(name) {
  const [svg, use] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "use")];
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#shape-${name}`);
  svg.append(use);
  return svg;
}

/** A text in which what stands between backticks is code. A backtick without another one is part of the text. */
export function line(text) {
  const pieces = visible(text).split("`");
  if (pieces.length % 2 === 0) {
    const rest = pieces.pop();
    pieces.push(`${pieces.pop()}\`${rest}`);
  }
  return pieces.map((piece, index) => (index % 2 ? element("code", "", piece) : piece));
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
