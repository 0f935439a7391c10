// The rich editor: CodeMirror, fed with what the linter says. `web/src/editor.rs` is its only user.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorSelection, EditorState } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";

import { completeFrom } from "./complete.js";
import { hoverFrom } from "./hover.js";
import { colours, theme } from "./theme.js";
import { yaml } from "./yaml.js";

/**
 * Puts an editor into `frame` instead of the text area, with its text, selection, scroll
 * position and focus.
 *
 * `events` holds what the editor calls: `change(text)`, `cursor(offset, line)`, `hover(offset)` and `complete(offset)`,
 * which promise JSON or undefined, and the `actions` of problems.
 */
export function mount(frame, area, events) {
  const host = document.createElement("div");
  host.className = "rich";
  // In a shadow root CodeMirror adopts constructed style sheets; in the document it would write
  // style elements, which the Content-Security-Policy forbids.
  const root = host.attachShadow({ mode: "open" });
  frame.append(host);

  const focused = document.activeElement === area;
  const selection = EditorSelection.single(area.selectionStart, area.selectionEnd);
  const view = new EditorView({
    state: stateOf(area.value, selection, events),
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
  }
  return new RichEditor(view, events);
}

function tell(events, transactions) {
  const last = transactions.at(-1);
  const changed = transactions.some((transaction) => transaction.docChanged);
  if (changed) {
    events.change(last.newDoc.toString());
  }
  if (changed || transactions.some((transaction) => transaction.selection)) {
    const { head } = last.newSelection.main;
    events.cursor(head, last.newDoc.lineAt(head).number);
  }
}

function stateOf(text, selection, events) {
  // A text area counts line breaks as one; so does CodeMirror, whatever they are.
  return EditorState.create({ doc: text, selection, extensions: extensions(events) });
}

function extensions(events) {
  return [
    lineNumbers(),
    lintGutter({ tooltipFilter: () => [] }),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    highlightSelectionMatches(),
    history(),
    drawSelection(),
    dropCursor(),
    indentOnInput(),
    indentUnit.of("  "),
    bracketMatching(),
    yaml,
    syntaxHighlighting(colours),
    theme,
    // The tooltips are ours: they join problems and documentation.
    linter(null, { tooltipFilter: () => [] }),
    hoverFrom(events),
    autocompletion({ override: [completeFrom(events)], icons: false }),
    search({ top: true }),
    // Escape, then Tab leaves the editor: CodeMirror sees to it.
    keymap.of([
      { key: "F8", run: nextDiagnostic, shift: previousDiagnostic, preventDefault: true },
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      indentWithTab,
      ...defaultKeymap,
    ]),
    EditorView.contentAttributes.of({ "aria-label": "User-data", spellcheck: "false", tabindex: "0" }),
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

  /** Replaces the text; undo brings the old one back. */
  setText(text) {
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: text },
      selection: { anchor: 0 },
      annotations: isolateHistory.of("full"),
      scrollIntoView: true,
    });
  }

  /** Marks the problems of a report on the present text; without one, none. */
  setReport(report) {
    const { doc } = this.#view.state;
    const within = (offset) => Math.min(offset, doc.length);
    const diagnostics = (report?.files[0].diagnostics ?? []).map((found) => ({
      from: within(found.span.start.offset),
      to: within(found.span.end.offset),
      severity: found.severity,
      message: found.message,
      found,
      reportedOn: doc,
    }));
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Selects a range, in the middle of the view, and takes the focus. */
  reveal(from, to) {
    const { length } = this.#view.state.doc;
    const selection = EditorSelection.single(Math.min(to, length), Math.min(from, length));
    this.#view.dispatch({
      selection,
      effects: EditorView.scrollIntoView(selection.main, { y: "center" }),
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
    this.#view.dispatch({ changes, annotations: isolateHistory.of("full"), userEvent: "input.fix" });
  }
}
