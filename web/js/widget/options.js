// The attributes of the element, each with its property and the values that it takes.
import { ENCODINGS } from "./encode.js";

const text = { read: (value) => value ?? "" };
const flag = { read: (value) => value !== null, write: (value) => (value ? "" : null) };
const oneOf = (...choices) => ({
  choices,
  read: (value) => (choices.includes(value) ? value : choices[0]),
});
const count = { read: (value) => (/^\d+$/.test(value ?? "") ? Number(value) : undefined) };

/** Attributes by name; `property` where that has another name. A choice has its default first. */
export const OPTIONS = {
  name: text,
  target: text,
  platform: text,
  kind: oneOf("user-data", "vendor-data", "network-config"),
  block: oneOf("none", "error", "warning"),
  encode: oneOf(...Object.keys(ENCODINGS)),
  lang: text,
  theme: oneOf("auto", "light", "dark"),
  views: { read: (value) => (value ?? "problems").split(/\s+/).filter(Boolean), write: (value) => [value].flat().join(" ") },
  placeholder: text,
  required: flag,
  disabled: flag,
  readonly: { ...flag, property: "readOnly" },
  minlength: { ...count, property: "minLength" },
  maxlength: { ...count, property: "maxLength" },
  "max-bytes": { ...count, property: "maxBytes" },
  rows: count,
  for: { ...text, property: "htmlFor" },
  value: { ...text, property: "defaultValue" },
};

/** Gives a class the properties of all attributes. */
export function reflect(prototype) {
  for (const [name, { read, write = String, property = name }] of Object.entries(OPTIONS)) {
    Object.defineProperty(prototype, property, {
      configurable: true,
      enumerable: true,
      get() {
        return read(this.getAttribute(name));
      },
      set(value) {
        const written = value === null || value === undefined ? null : write(value);
        if (written === null) {
          this.removeAttribute(name);
        } else {
          this.setAttribute(name, written);
        }
      },
    });
  }
}

/** What is wrong with the value of an attribute; undefined when nothing is. */
export function fault(name, value) {
  const { choices } = OPTIONS[name];
  return choices && value !== null && !choices.includes(value)
    ? `\`${value}\` is not a valid value for \`${name}\`: it must be ${choices.map((it) => `\`${it}\``).join(" or ")}`
    : undefined;
}

/** The names of the properties, to take over what was set before the element was defined. */
export const PROPERTIES = [...Object.entries(OPTIONS).map(([name, { property = name }]) => property), "value"];
