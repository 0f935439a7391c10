// What may be written at the cursor, as the linter knows it.
import { inEnglish } from "../language.js";
import { element, paragraphs } from "../prose.js";

/** As long as only this is typed, the choices stay the same. */
const WORD = /^[\w.-]*$/;

export function completeFrom(events) {
  return async (context) => {
    const word = context.matchBefore(/[\w.-]+/);
    if (!word && !context.explicit) {
      return null;
    }
    const json = await events.complete(context.pos);
    if (json === undefined || context.aborted) {
      return null;
    }
    const { from, to, items } = JSON.parse(json);
    return { from, to, options: items.map(option), validFor: WORD };
  };
}

function option({ label, detail, documentation, insert }) {
  return {
    label,
    detail,
    apply: insert,
    info: documentation ? () => inEnglish(element("div", "", ...paragraphs(documentation))) : undefined,
  };
}
