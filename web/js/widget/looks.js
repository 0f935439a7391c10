// The looks of the element: one style sheet for all of a document, and the shapes of its icons. A constructed sheet is not
// an inline style, which hosts forbid.
import { css, shapes } from "dryboot:looks";

const SVG = "http://www.w3.org/2000/svg";

const sheets = new WeakMap();

/** Gives a shadow root the style sheet of the element. */
export function dress(root) {
  if (!("adoptedStyleSheets" in root)) {
    // A document without a screen, such as that of a host's own tests.
    return;
  }
  const { defaultView: view } = root.ownerDocument;
  if (!sheets.has(view)) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(view, sheet);
  }
  root.adoptedStyleSheets = [sheets.get(view)];
}

/** The shapes that icons refer to, inside of the same root. */
export function sprite() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "shapes");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, outline] of Object.entries(shapes)) {
    const [symbol, path] = [document.createElementNS(SVG, "symbol"), document.createElementNS(SVG, "path")];
    symbol.setAttribute("id", `shape-${name}`);
    symbol.setAttribute("viewBox", "0 0 16 16");
    path.setAttribute("d", outline);
    symbol.append(path);
    svg.append(symbol);
  }
  return svg;
}
