// What the pointer rests on: the problems there, and the documentation of the key.
import { forEachDiagnostic } from "@codemirror/lint";
import { hoverTooltip } from "@codemirror/view";

import { element, line, paragraphs, sentence } from "./prose.js";

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
  const parts = found.map(({ diagnostic }) => problem(view, events, diagnostic));
  if (docs) {
    const title = element("p", "tip-title", element("code", "", docs.title));
    parts.push(element("div", "tip-docs", title, ...paragraphs(docs.text)));
  }
  return element("div", "tip", ...parts);
}

function problem(view, events, diagnostic) {
  const part = element("div", `tip-problem tip-${diagnostic.severity}`);
  part.append(element("p", "tip-message", ...sentence(diagnostic.message)));
  if (diagnostic.help) {
    part.append(element("p", "tip-help", ...sentence(diagnostic.help)));
  }
  const buttons = diagnostic.fixes.map((fix) => {
    const verb = fix.safe ? "Fix: " : "Try: ";
    return button("tip-fix", [verb, ...line(fix.title)], () => {
      // Offsets of a fix count in the text that was linted.
      if (view.state.doc === diagnostic.reportedOn) {
        view.dispatch({ changes: fix.edits, userEvent: "input.fix" });
        view.focus();
      }
    });
  });
  buttons.push(button("tip-rule", [diagnostic.source], () => events.explain(diagnostic.source)));
  part.append(element("div", "tip-actions", ...buttons));
  return part;
}

function button(className, children, onclick) {
  const made = element("button", className, ...children);
  made.type = "button";
  made.onclick = onclick;
  return made;
}
