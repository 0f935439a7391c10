// What the pointer rests on, or the cursor when somebody asks by keyboard: the problems there, and the documentation of
// the key.
import { forEachDiagnostic } from "@codemirror/lint";
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip } from "@codemirror/view";

import { inEnglish } from "../language.js";
import { problem } from "../problem.js";
import { element, paragraphs, sentence } from "../prose.js";

/** Shows what there is to say about the place under the pointer. */
export function hoverFrom(events) {
  return hoverTooltip(
    async (view, offset) => {
      const found = await about(view, events, offset);
      return found && { ...found.range, above: true, create: () => ({ dom: tooltip(view, events, found) }) };
    },
    { hideOnChange: true, hoverTime: 250 },
  );
}

/** The tooltip that was asked for by keyboard. */
const setTip = StateEffect.define();

const tip = StateField.define({
  create: () => null,
  update(tip, transaction) {
    const set = transaction.effects.find((effect) => effect.is(setTip));
    return set ? set.value : transaction.docChanged || transaction.selection ? null : tip;
  },
  provide: (field) => showTooltip.from(field),
});

/** Says the same about the place of the cursor, in a tooltip that takes the focus. Escape gives it back. */
export function explainFrom(events) {
  return [tip, keymap.of([{ key: "F1", run: (view) => (explain(view, events), true), preventDefault: true }])];
}

async function explain(view, events) {
  const found = await about(view, events, view.state.selection.main.head);
  if (!found) {
    view.dispatch({ effects: EditorView.announce.of(events.t("There is nothing to say about this place")) });
    return;
  }
  const dom = dialog(view, events.t("About this place"), tooltip(view, events, found));
  const shown = { ...found.range, above: true, create: () => ({ dom, mount: () => dom.focus() }) };
  view.dispatch({ effects: setTip.of(shown) });
}

function dialog(view, label, dom) {
  const close = () => dom.isConnected && view.dispatch({ effects: setTip.of(null) });
  dom.tabIndex = -1;
  dom.role = "dialog";
  dom.ariaLabel = label;
  dom.onkeydown = (event) => {
    if (event.key === "Escape" || event.key === "F1") {
      event.preventDefault();
      event.stopPropagation();
      view.focus();
      close();
    }
  };
  dom.addEventListener("focusout", ({ relatedTarget }) => dom.contains(relatedTarget) || setTimeout(close));
  return dom;
}

/** What there is to say about a place: `{range, problems, docs}`, or null. */
async function about(view, events, offset) {
  const { doc } = view.state;
  const json = await events.hover?.(offset);
  if (view.state.doc !== doc) {
    return null;
  }
  const docs = json === undefined ? null : JSON.parse(json);
  const problems = problemsAt(view.state, offset);
  if (!docs && problems.length === 0) {
    return null;
  }
  const all = docs ? [...problems, docs] : problems;
  const range = { pos: Math.min(...all.map((it) => it.from)), end: Math.max(...all.map((it) => it.to)) };
  return { range, problems, docs };
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

function tooltip(view, events, { problems, docs }) {
  const parts = problems.map(({ diagnostic }) => drawn(view, events, diagnostic));
  if (docs) {
    const title = element("p", "tip-title", element("code", "", docs.title));
    parts.push(inEnglish(element("div", "tip-docs", title, ...paragraphs(docs.text))));
  }
  return element("div", "tip", ...parts);
}

function drawn(view, { actions, t }, { found, message, reportedOn }) {
  if (!found) {
    return element("div", "tip-problem tip-error", inEnglish(element("p", "message", ...sentence(message))));
  }
  // Offsets count in the text that was linted.
  const ifCurrent = (act) => (...what) => view.state.doc === reportedOn && act(...what);
  const { explain, reveal, apply } = actions;
  const made = { explain, reveal: ifCurrent(reveal), apply: ifCurrent(applied) };
  return element("div", `tip-problem tip-${found.severity}`, ...problem(found, made, t, true).parts);

  function applied(edits) {
    apply(edits);
    view.focus();
  }
}
