// The messages between a page and the editor in a frame of it. Both sides take nothing from anybody else, and ignore what
// is not of this form.

/** The version of the protocol: both sides have to speak the same. */
export const VERSION = 1;

/** What a page may set, with the type of each value. */
export const SETTINGS = {
  value: "string",
  target: "string",
  platform: "string",
  kind: "string",
  block: "string",
  lang: "string",
  theme: "string",
  placeholder: "string",
  maxBytes: "number",
  required: "boolean",
  readOnly: "boolean",
};

/** The types of messages, with the type of what each carries. `hello`, `set` and `focus` are the page's. */
const CONTENTS = {
  hello: "object",
  set: "object",
  focus: "undefined",
  ready: "undefined",
  change: "string",
  report: "object",
  error: "object",
  size: "number",
  validity: "string",
};

export const message = (type, session, content) => ({ dryboot: VERSION, type, session, content });

/** Whether something that was received is a message of this protocol. */
export function isMessage(data) {
  return (
    data?.dryboot === VERSION &&
    typeof data.session === "string" &&
    Object.hasOwn(CONTENTS, data.type) &&
    typeof data.content === CONTENTS[data.type] &&
    data.content !== null
  );
}

/** The settings that have the type that they must have. */
export const validSettings = (settings) =>
  Object.entries(settings).filter(([name, value]) => Object.hasOwn(SETTINGS, name) && typeof value === SETTINGS[name]);
