// The page in the frame: an editor that does what the page around it says, if that page is on the list.
import { firstKnown } from "../../web/js/language.js";
import { define } from "./editor.js";
import { isMessage, message, validSettings } from "./protocol.js";

define();
const editor = document.querySelector("dryboot-editor");

/** The origins that may have the editor in a frame: this one, and those that the document names. */
const allowed = [location.origin, ...document.querySelector('meta[name="dryboot-origins"]').content.split(/\s+/)];

let origin;
let session;

const say = (type, content) => origin && parent.postMessage(message(type, session, content), origin);

const takes = {
  hello(settings) {
    set(settings);
    say("ready");
    tellSize();
  },
  set,
  focus: () => editor.focus(),
};

function set(settings) {
  for (const [name, value] of validSettings(settings)) {
    editor[name] = value;
  }
  document.documentElement.lang = editor.lang || firstKnown(navigator.languages);
  tellValidity();
}

const tellSize = () => say("size", Math.ceil(document.documentElement.getBoundingClientRect().height));
const tellValidity = () => say("validity", editor.validationMessage);

addEventListener("message", ({ source, origin: from, data }) => {
  if (source !== parent || !allowed.includes(from) || !isMessage(data) || !Object.hasOwn(takes, data.type)) {
    return;
  }
  if (data.type === "hello") {
    ({ session } = data);
    origin = from;
  }
  if (data.session === session && from === origin) {
    takes[data.type](data.content);
  }
});

editor.addEventListener("dryboot-change", ({ detail: { value } }) => {
  say("change", value);
  tellValidity();
});
editor.addEventListener("dryboot-report", ({ detail }) => {
  say("report", detail);
  tellValidity();
});
editor.addEventListener("dryboot-error", ({ detail }) => say("error", detail));
new ResizeObserver(tellSize).observe(document.documentElement);
