// What the browser is told about the text: the constraints of a text area, and those of `block`.
import { placeOf } from "../problem.js";
import { fileOf } from "../problems.js";

/** The severities that stop a form, by the value of `block`. */
const STOPPING = { none: [], error: ["error"], warning: ["error", "warning"] };

const NOUNS = { error: "error", warning: "warning" };

/** The problems of an answer that stop a form. */
export function stopping(answer, block) {
  return answer ? fileOf(answer).diagnostics.filter(({ severity }) => STOPPING[block].includes(severity)) : [];
}

/** How many bytes are too many, and why; undefined when none are. */
function tooMany({ limits: { maxLength, maxBytes }, length, bytes }) {
  if (length > maxLength) {
    return `Shorten this text to at most ${maxLength} bytes: it has ${length}.`;
  }
  return bytes > maxBytes ? `Shorten this text: it takes ${bytes} bytes, and at most ${maxBytes} fit.` : undefined;
}

/** The first that applies of flag and message. The state has what they need by name. */
const CONSTRAINTS = [
  ["customError", ({ custom }) => custom],
  ["valueMissing", ({ isRequired, length }) => (isRequired && length === 0 ? "Fill in this field." : undefined)],
  ["tooLong", tooMany],
  ["tooShort", ({ limits: { minLength }, length }) => (length > 0 && length < minLength ? `Lengthen this text to at least ${minLength} bytes: it has ${length}.` : undefined)],
  ["customError", ({ isUnchecked }) => (isUnchecked ? "This text is still being checked. Try again in a moment." : undefined)],
  ["customError", ({ stops }) => (stops.length > 0 ? tellStops(stops) : undefined)],
];

function tellStops(stops) {
  const counted = Object.entries(NOUNS)
    .map(([severity, noun]) => [stops.filter((it) => it.severity === severity).length, noun])
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${count} ${noun}${count === 1 ? "" : "s"}`);
  const [{ message, span }] = stops;
  return `Fix ${counted.join(" and ")} first. Line ${placeOf(span)}: ${message.replaceAll("`", "")}.`;
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
