// One problem of a report, as the list and the tooltips of the editor show it.
import { inEnglish } from "./language.js";
import { button, element, icon, line, sentence } from "./prose.js";
import { visible } from "./visible.js";

const SEVERITIES = { error: /* t */ "error", warning: /* t */ "warning", info: /* t */ "info" };

/** The place of a span, as people read it. */
export const placeOf = ({ start: { line, column } }) => `${line}:${column}`;

/**
 * Draws a diagnostic of a report: `parts` are its elements in their order. `actions` has what they do: `reveal(start, end, span)`,
 * where `span` is the report's own, `explain(rule)` and `apply(edits)`; a button without an action is disabled. `t` gives texts of
 * the interface. `isHere`: the reader is at the place of the problem, and need not be led there.
 *
 * An edit elsewhere in the text moves a problem: `moved` takes the same one with its new offsets.
 */
export function problem(found, { reveal, explain, apply }, t, isHere = false) {
  const { rule, severity, message, path, part, span, help, labels, fixes, tentative } = found;
  let now = found;
  const to = (span) => reveal && (() => reveal(span().start.offset, span().end.offset, span()));

  const about = element("div", "about", button("link rule", explain && (() => explain(rule)), rule));
  if (path) {
    about.append(element("span", "path", visible(path)));
  }
  if (part) {
    about.append(element("span", "", ...line(t("in part {n} (`{name}`), {place}", { n: part.index + 1, name: part.name, place: placeOf({ start: part }) }))));
  }
  if (tentative) {
    about.append(element("span", "tentative", t("may change once the syntax error is fixed")));
  }
  const head = isHere
    ? inEnglish(element("p", "message", ...sentence(message)))
    : button(
        "problem-go",
        to(() => now.span),
        element("span", "visually-hidden", `${t(SEVERITIES[severity])}: `),
        inEnglish(element("span", "message", ...sentence(message))),
        element("span", "visually-hidden", `, ${t("at")} `),
        element("span", "place", placeOf(span)),
      );
  const related = ({ span, message }, at) =>
    button(
      "link related",
      to(() => now.labels[at].span),
      element("span", "place", placeOf(span)),
      inEnglish(element("span", "", ...sentence(message))),
    );
  const remedy = ({ title, safety }, at) => {
    const isSafe = safety === "safe";
    const words = element("span", "", `${isSafe ? t("Fix") : t("Try")}: `, inEnglish(element("span", "", ...line(title))));
    const made = button(isSafe ? "fix" : "fix unsafe", apply && (() => apply(now.fixes[at].edits)), icon("fix"), words);
    made.title = isSafe ? "" : t("Check the result: this may change what the config means");
    return made;
  };

  const parts = [icon(severity), head, about];
  if (help) {
    parts.push(inEnglish(element("p", "help", ...sentence(help))));
  }
  parts.push(...labels.map(related));
  if (fixes.length > 0) {
    parts.push(element("div", "fixes", ...fixes.map(remedy)));
  }
  return { parts, moved: (found) => (now = found) };
}

/** What is to be seen of a problem: two with the same look differ in nothing but offsets. */
export function look({ rule, severity, message, path, part, span, help, labels, fixes, tentative }) {
  const related = labels.map(({ span, message }) => [placeOf(span), message]);
  const remedies = fixes.map(({ title, safety }) => [title, safety]);
  return JSON.stringify([rule, severity, message, path, part, placeOf(span), help, related, remedies, tentative]);
}
