// Options: one that is not known, or of another type, is an error. A misspelled one would otherwise do nothing.

/** The options of a call, checked against the types that each may have: names of `typeof`, `array` or `bytes`. */
export function checked(options, types) {
  if (options === undefined) {
    return {};
  }
  if (typeOf(options) !== "object") {
    throw new TypeError("the options must be an object");
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(types, name)) {
      throw new TypeError(`\`${name}\` is not an option; there are ${Object.keys(types).join(", ")}`);
    }
    if (value !== undefined && ![types[name]].flat().includes(typeOf(value))) {
      throw new TypeError(`the option \`${name}\` must be: ${[types[name]].flat().join(" or ")}`);
    }
  }
  return options;
}

/** A text or the bytes of a file, or an error. */
export function checkedText(text, mayBeBytes = true) {
  const type = typeOf(text);
  if (type !== "string" && !(mayBeBytes && type === "bytes")) {
    throw new TypeError(`the text must be a string${mayBeBytes ? " or a Uint8Array" : ""}`);
  }
  return text;
}

function typeOf(value) {
  if (value instanceof Uint8Array) {
    return "bytes";
  }
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}
