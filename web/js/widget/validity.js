// What the browser is told about the text: the constraints of a text area, and those of `block`.
import { placeOf } from "../problem.js";
import { fileOf } from "../problems.js";

/** The severities that stop a form, by the value of `block`. */
const STOPPING = { none: [], error: ["error"], warning: ["error", "warning"] };

const NOUNS = { error: /* t */ "{n} error|{n} errors", warning: /* t */ "{n} warning|{n} warnings" };

/** The problems of an answer that stop a form. */
export function stopping(answer, block) {
  return answer ? fileOf(answer).diagnostics.filter(({ severity }) => STOPPING[block].includes(severity)) : [];
}

/** How many bytes are too many, and why; undefined when none are. */
function tooMany({ t, limits: { maxLength, maxBytes }, length, bytes }) {
  if (length > maxLength) {
    return t("Shorten this text to at most {maxLength} bytes: it has {length}.", { maxLength, length });
  }
  return bytes > maxBytes ? t("Shorten this text: it takes {bytes} bytes, and at most {maxBytes} fit.", { bytes, maxBytes }) : undefined;
}

/** The first that applies of flag and message. The state has what they need by name, and `t`, which gives texts of the interface. */
const CONSTRAINTS = [
  ["customError", ({ custom }) => custom],
  ["valueMissing", ({ t, isRequired, length }) => (isRequired && length === 0 ? t("Fill in this field.") : undefined)],
  ["tooLong", tooMany],
  ["tooShort", ({ t, limits: { minLength }, length }) => (length > 0 && length < minLength ? t("Lengthen this text to at least {minLength} bytes: it has {length}.", { minLength, length }) : undefined)],
  ["customError", ({ t, isUnchecked }) => (isUnchecked ? t("This text is still being checked. Try again in a moment.") : undefined)],
  ["customError", ({ t, stops }) => (stops.length > 0 ? tellStops(t, stops) : undefined)],
];

function tellStops(t, stops) {
  const counted = Object.entries(NOUNS)
    .map(([severity, noun]) => [stops.filter((it) => it.severity === severity).length, noun])
    .filter(([count]) => count > 0)
    .map(([count, noun]) => t(noun, { n: count }));
  const [{ message, span }] = stops;
  const what = counted.length > 1 ? t("{errors} and {warnings}", { errors: counted[0], warnings: counted[1] }) : counted[0];
  return t("Fix {what} first. Line {place}: {message}.", { what, place: placeOf(span), message: message.replaceAll("`", "") });
}

/** `{flag, message}` of what is wrong; undefined when nothing is. */
export function fault(state) {
  for (const [flag, check] of CONSTRAINTS) {
    const message = check(state);
    if (message) {
      return { flag, message };
    }
  }
  return undefined;
}
