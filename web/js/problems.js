// Draws the reports that come before the app. It makes the elements of `web/src/components`, so
// that nothing moves when the app draws the same report; what only the app can do is left out or
// disabled.
import { element, line, sentence } from "./prose.js";
import { chosenTarget, showChoicesFor, titleOf } from "./target.js";
import { visible } from "./visible.js";

const SEVERITIES = { error: "error", warning: "warning", info: "note" };
const SHOWN = 200;
const SVG = "http://www.w3.org/2000/svg";

export function drawReport(report, reveal) {
  const { kind, target, program, reason, not_checked: notChecked, partial, diagnostics = [] } = report;
  drawTakenFor(kind, target, program, reason);
  showChoicesFor(target);
  document.querySelector(".counts").replaceChildren(...counts(diagnostics, notChecked, partial));
  document.querySelector(".problems > .pane-body").replaceChildren(...verdict(diagnostics, notChecked, partial, reveal));
}

function verdict(diagnostics, notChecked, partial, reveal) {
  const more = partial ? [further()] : [];
  if (diagnostics.length === 0 && partial) {
    return more;
  }
  if (diagnostics.length === 0) {
    return [notChecked ? unchecked(notChecked) : element("div", "calm", element("p", "calm-title", "No problems"))];
  }
  const list = element("ol", "problem-list", ...diagnostics.slice(0, SHOWN).map((found) => problem(found, reveal)));
  if (!notChecked) {
    return [list, ...more];
  }
  const words = element("span", "", element("strong", "", "Not checked: "), ...line(notChecked), ".");
  return [element("p", "unjudged", icon("skipped"), words), list];
}

/** That there may be more, where only a part of the rules has been checked. */
function further() {
  const awaited = element("span", "awaited", "Checking further rules…");
  return element("p", "partial", awaited, element("span", "missing", "Further rules could not be loaded, so they are not checked."));
}

/** Says that nothing was checked, and why. Never to be mistaken for the good news. */
export function drawUnchecked(reason) {
  document.getElementById("taken-for").replaceChildren();
  document.querySelector(".counts").replaceChildren(badge("unchecked", "skipped", "not checked"));
  document.querySelector(".problems > .pane-body").replaceChildren(unchecked(reason));
}

function unchecked(reason) {
  const mark = element("span", "calm-mark", icon("skipped"));
  const title = element("p", "calm-title", "Not checked");
  return element("div", "calm not-checked", mark, title, element("p", "", ...sentence(reason), "."));
}

function badge(className, shape, words) {
  return element("span", className, icon(shape), element("span", "noun", words));
}

function drawTakenFor(kind, target, program, reason) {
  const why = chosenTarget() ? ["for ", program] : ["for ", element("strong", "", titleOf(target)), ": ", ...line(reason)];
  const parts = [element("span", "kind", kind), element("span", "reason", ...why)];
  document.getElementById("taken-for").replaceChildren(...(kind === "empty" ? [] : parts));
}

function counts(diagnostics, notChecked, partial) {
  if (partial) {
    return [...tally(diagnostics), badge("unchecked", "enabled", "still checking")];
  }
  if (notChecked) {
    return [...tally(diagnostics), badge("unchecked", "skipped", "not checked")];
  }
  return diagnostics.length > 0 ? tally(diagnostics) : [badge("fine", "check", "none")];
}

function tally(diagnostics) {
  return Object.entries(SEVERITIES).flatMap(([severity, noun]) => {
    const { length } = diagnostics.filter((found) => found.severity === severity);
    const word = element("span", "noun", length === 1 ? noun : `${noun}s`);
    return length > 0 ? [element("span", severity, icon(severity), String(length), word)] : [];
  });
}

function problem({ severity, message, place, rule, path = "", help, labels = [], fixes = [] }, reveal) {
  const go = button(
    "problem-go",
    element("span", "visually-hidden", `${severity}: `),
    element("span", "message", ...sentence(message)),
    element("span", "visually-hidden", ", at "),
    element("span", "place", `${place.line}:${place.column}`),
  );
  go.onclick = () => reveal(place.from, place.to);
  const about = element("div", "about", disabled(button("link rule", rule)));
  if (path) {
    about.append(element("span", "path", visible(path)));
  }
  const item = element("li", `problem ${severity}`, icon(severity), go, about);
  if (help) {
    item.append(element("p", "help", ...sentence(help)));
  }
  for (const { place, message } of labels) {
    const at = element("span", "place", `${place.line}:${place.column}`);
    const label = button("link related", at, element("span", "", ...sentence(message)));
    label.onclick = () => reveal(place.from, place.to);
    item.append(label);
  }
  if (fixes.length > 0) {
    item.append(element("div", "fixes", ...fixes.map(fix)));
  }
  return item;
}

function fix({ title, safe }) {
  const words = element("span", "", safe ? "Fix: " : "Try: ", ...line(title));
  return disabled(button(safe ? "fix" : "fix unsafe", icon("fix"), words));
}

function button(className, ...children) {
  const made = element("button", className, ...children);
  made.type = "button";
  return made;
}

function disabled(button) {
  button.disabled = true;
  return button;
}

function icon(name) {
  const [svg, use] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "use")];
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#shape-${name}`);
  svg.append(use);
  return svg;
}
