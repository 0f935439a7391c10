// The editor in a frame, for pages that cannot run scripts of others or WebAssembly: the frame has a policy of its own.
import { isMessage, message, SETTINGS } from "./protocol.js";
import { checked } from "./options.js";

const HEARD = { onReady: "function", onChange: "function", onReport: "function", onError: "function", onValidity: "function" };

/**
 * Speaks with the `frame.html` of this package in a frame. `options` are settings of the editor, and functions that hear of
 * it. The frame takes nothing from, and says nothing to, a page whose origin it does not know.
 */
export function connect(frame, options) {
  const { onReady, onChange, onReport, onError, onValidity, ...settings } = checked(options, { ...SETTINGS, ...HEARD });
  const { origin } = new URL(frame.src, document.baseURI);
  const session = crypto.randomUUID();
  const listening = new AbortController();
  const { signal } = listening;
  let value = settings.value ?? "";
  let isReady = false;
  /** What is set before the frame is there. */
  let waiting = settings;

  const say = (type, content) => frame.contentWindow?.postMessage(message(type, session, content), origin);
  const greet = () => say("hello", { ...waiting, value });
  const takes = {
    ready() {
      isReady = true;
      onReady?.();
    },
    change(text) {
      value = text;
      onChange?.(text);
    },
    report: (detail) => onReport?.(detail),
    error: (detail) => onError?.(detail),
    validity: (text) => onValidity?.(text),
    size: (height) => (frame.style.height = `${height}px`),
  };

  addEventListener(
    "message",
    ({ source, origin: from, data }) => {
      if (source === frame.contentWindow && from === origin && isMessage(data) && data.session === session) {
        takes[data.type]?.(data.content);
      }
    },
    { signal },
  );
  // It may be loaded already, or be loaded again.
  frame.addEventListener("load", greet, { signal });
  greet();

  return {
    get value() {
      return value;
    },
    /** Changes settings. */
    set(changed) {
      checked(changed, SETTINGS);
      value = changed.value ?? value;
      waiting = { ...waiting, ...changed };
      if (isReady) {
        say("set", changed);
      }
    },
    focus: () => say("focus"),
    /** Ends the conversation; the frame stays. */
    disconnect: () => listening.abort(),
  };
}
