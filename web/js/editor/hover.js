// What the pointer rests on: the problems there, and the documentation of the key.
import { forEachDiagnostic } from "@codemirror/lint";
import { hoverTooltip } from "@codemirror/view";

import { problem } from "../problem.js";
import { element, paragraphs } from "../prose.js";

export function hoverFrom(events) {
  return hoverTooltip(
    async (view, offset) => {
      const { doc } = view.state;
      const json = await events.hover(offset);
      if (view.state.doc !== doc) {
        return null;
      }
      const docs = json === undefined ? null : JSON.parse(json);
      const found = problemsAt(view.state, offset);
      if (!docs && found.length === 0) {
        return null;
      }
      const all = docs ? [...found, docs] : found;
      return {
        pos: Math.min(...all.map((it) => it.from)),
        end: Math.max(...all.map((it) => it.to)),
        above: true,
        create: () => ({ dom: tooltip(view, events, found, docs) }),
      };
    },
    { hideOnChange: true, hoverTime: 250 },
  );
}

function problemsAt(state, offset) {
  const found = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    if (from <= offset && offset <= to) {
      found.push({ diagnostic, from, to });
    }
  });
  return found;
}

function tooltip(view, events, found, docs) {
  const parts = found.map(({ diagnostic }) => drawn(view, events, diagnostic));
  if (docs) {
    const title = element("p", "tip-title", element("code", "", docs.title));
    parts.push(element("div", "tip-docs", title, ...paragraphs(docs.text)));
  }
  return element("div", "tip", ...parts);
}

function drawn(view, { actions: { explain, reveal, apply } }, { found, reportedOn }) {
  // Offsets count in the text that was linted.
  const ifCurrent = (act) => (...what) => view.state.doc === reportedOn && act(...what);
  const actions = { explain, reveal: ifCurrent(reveal), apply: ifCurrent(applied) };
  return element("div", `tip-problem tip-${found.severity}`, ...problem(found, actions, true).parts);

  function applied(edits) {
    apply(edits);
    view.focus();
  }
}
