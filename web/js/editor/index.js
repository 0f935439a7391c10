// The rich editor: CodeMirror, fed with what the linter says. `web/src/editor.rs` is its only user.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorSelection, EditorState } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";

import { completeFrom } from "./complete.js";
import { explainFrom, hoverFrom } from "./hover.js";
import { leadTo, parts, placeParts, REVEAL, shownPart, showPart, showWhole } from "./parts.js";
import { phrases } from "./phrases.js";
import { colours, theme } from "./theme.js";
import { typing } from "./typing.js";
import { yaml } from "./yaml.js";

/** The page has replaced the text: nobody has to tell it. */
const shown = Annotation.define();

/**
 * Puts an editor into `frame` instead of the text area, with its name, text, selection, scroll
 * position and focus.
 *
 * `events` holds what the editor calls: `change(text)`, `cursor(offset, line)`, and for a text that is linted
 * `hover(offset)` and `complete(offset)`, which promise JSON or undefined, and the `actions` of problems. `part(index)` hears
 * which part is shown alone, -1 for none. `t` gives texts of the interface.
 */
export function mount(frame, area, events) {
  const host = document.createElement("div");
  host.className = "rich";
  // In a shadow root CodeMirror adopts constructed style sheets; in the document it would write
  // style elements, which the Content-Security-Policy forbids.
  const root = host.attachShadow({ mode: "open" });
  frame.append(host);

  const focused = area.getRootNode().activeElement === area;
  const selection = EditorSelection.single(area.selectionStart, area.selectionEnd);
  const view = new EditorView({
    state: stateOf(area, selection, events),
    parent: root,
    root,
    // The linter gets the text before the editor draws it, and works while it does.
    dispatchTransactions(transactions, view) {
      tell(events, transactions);
      view.update(transactions);
    },
  });
  view.scrollDOM.scrollTop = area.scrollTop;
  area.hidden = true;
  if (focused) {
    view.focus();
    view.dispatch({ effects: EditorView.scrollIntoView(selection.main) });
  }
  return new RichEditor(view, events);
}

function tell(events, transactions) {
  const last = transactions.at(-1);
  const changed = transactions.some((transaction) => transaction.docChanged);
  if (changed && !last.annotation(shown)) {
    events.change(last.newDoc.toString());
  }
  if (changed || transactions.some((transaction) => transaction.selection)) {
    const { head } = last.newSelection.main;
    events.cursor?.(head, last.newDoc.lineAt(head).number);
  }
  const part = shownPart(last.state);
  if (part !== shownPart(transactions[0].startState)) {
    events.part?.(part);
  }
}

/** Whether the text may be changed. */
const access = new Compartment();
const accessOf = (isReadOnly) => [EditorState.readOnly.of(isReadOnly), EditorView.editable.of(!isReadOnly)];

/** What is written in the interface's language. */
const labels = new Compartment();
const labelsOf = (t, label) => [
  EditorState.phrases.of(phrases(t)),
  EditorView.contentAttributes.of({ "aria-label": label }),
];

function stateOf(area, selection, events) {
  // A text area counts line breaks as one; so does CodeMirror, whatever they are.
  return EditorState.create({ doc: area.value, selection, extensions: extensions(area, events) });
}

function extensions({ ariaLabel, placeholder: hint, readOnly }, events) {
  return [
    access.of(accessOf(readOnly)),
    labels.of(labelsOf(events.t, ariaLabel)),
    hint ? placeholder(hint) : [],
    lineNumbers(),
    lintGutter({ tooltipFilter: () => [] }),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    highlightSelectionMatches(),
    history(),
    drawSelection(),
    dropCursor(),
    typing,
    indentOnInput(),
    indentUnit.of("  "),
    bracketMatching(),
    yaml,
    syntaxHighlighting(colours),
    theme,
    // The tooltips are ours: they join problems and documentation.
    linter(null, { tooltipFilter: () => [] }),
    hoverFrom(events),
    explainFrom(events),
    autocompletion({ override: events.complete ? [completeFrom(events)] : [], icons: false }),
    search({ top: true }),
    parts,
    // Escape, then Tab leaves the editor: CodeMirror sees to it.
    keymap.of([
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      indentWithTab,
      ...defaultKeymap,
    ]),
    EditorView.contentAttributes.of({ spellcheck: "false", tabindex: "0" }),
    // Files are opened by the page, not inserted.
    EditorView.domEventHandlers({
      drop: (event) => (event.dataTransfer?.files.length ?? 0) > 0,
    }),
  ];
}

class RichEditor {
  #view;
  #events;
  #changes = [];

  constructor(view, events) {
    this.#view = view;
    this.#events = events;
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  /** Replaces the text; undo brings the old one back. */
  setText(text) {
    this.#replaceAll(text, [isolateHistory.of("full")]);
  }

  /** Replaces the text by one that its owner has already. */
  show(text) {
    if (text !== this.text) {
      this.#replaceAll(text, [isolateHistory.of("full"), shown.of(true)]);
    }
  }

  #replaceAll(text, annotations) {
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: text },
      selection: { anchor: 0 },
      effects: showWhole(),
      annotations,
      scrollIntoView: true,
    });
  }

  /**
   * Marks the problems of a report on the present text; without one, none. If the text is that of a part after decoding,
   * `places` are those in it: `{problem, from, to}` of each, where `problem` is its index.
   */
  setReport(report, places) {
    const { doc } = this.#view.state;
    const diagnostics = report?.files[0].diagnostics ?? [];
    const own = ({ span }, problem) => ({ problem, from: span.start.offset, to: span.end.offset });
    this.#mark(
      (places ?? diagnostics.map(own)).map(({ problem, from, to }) => {
        const found = diagnostics[problem];
        return { from, to, severity: found.severity, message: found.message, found, reportedOn: doc };
      }),
    );
  }

  /** Marks what is wrong with a text that is not linted: `[offset, message]` of each fault whose place is known. */
  setFaults(faults) {
    const { doc } = this.#view.state;
    this.#mark(
      faults.map(([offset, message]) => {
        const { to } = doc.lineAt(Math.min(offset, doc.length));
        return { from: offset, to: Math.max(Math.min(offset + 1, to), offset), severity: "error", message };
      }),
    );
  }

  #mark(diagnostics) {
    const within = (offset) => Math.min(offset, this.#view.state.doc.length);
    const marks = diagnostics.map((mark) => ({ ...mark, from: within(mark.from), to: within(mark.to) }));
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
  }

  /** Has the labels in the present language, and the name of the text. */
  relabel(label) {
    this.#view.dispatch({ effects: labels.reconfigure(labelsOf(this.#events.t, label)) });
  }

  /** Says whether the text may be read but not changed. */
  set isReadOnly(isReadOnly) {
    this.#view.dispatch({ effects: access.reconfigure(accessOf(isReadOnly)) });
  }

  /** Replaces what is selected, as typing does. */
  insert(text) {
    this.#view.dispatch(this.#view.state.replaceSelection(text), { userEvent: "input.paste", scrollIntoView: true });
  }

  /** Says whether the whole text is one that cannot be used. */
  set isInvalid(isInvalid) {
    this.#view.contentDOM.ariaInvalid = isInvalid ? "true" : null;
  }

  /** Says which parts the text has: `{from, to, isDecoded}` of each. */
  setParts(parts) {
    placeParts(this.#view, parts);
  }

  /** Shows a part alone, or all of the text for -1. */
  showPart(index) {
    showPart(this.#view, index);
  }

  focus() {
    this.#view.focus();
  }

  destroy() {
    this.#view.destroy();
  }

  /** Selects a range, in the middle of the view, and takes the focus. */
  reveal(from, to) {
    const { length } = this.#view.state.doc;
    const selection = EditorSelection.single(Math.min(to, length), Math.min(from, length));
    this.#view.dispatch({
      selection,
      effects: EditorView.scrollIntoView(selection.main, { y: "center" }),
      userEvent: REVEAL,
    });
    this.#view.focus();
  }

  /** Collects a change, in offsets of the present text, for `commit`. */
  replace(from, to, insert) {
    this.#changes.push({ from, to, insert });
  }

  /** Makes the collected changes as one step of the history. */
  commit() {
    const changes = this.#changes;
    this.#changes = [];
    // Undo leads back there.
    changes.slice(0, 1).forEach(({ from }) => leadTo(this.#view, from));
    this.#view.dispatch({ changes, annotations: isolateHistory.of("full"), userEvent: "input.fix" });
  }
}
