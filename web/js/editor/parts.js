// Shows one part of the text alone. What lies before and behind it is hidden and stays as it is, so that the text with its
// offsets, line numbers and history is always the whole one.
import { EditorSelection, EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** In place of the index of a part: all of the text. */
const WHOLE = -1;

/** What goes to a place and lets the part follow, as opposed to what stays within the part. */
export const REVEAL = "select.reveal";
const STAYING = ["select", "input", "delete", "move", "indent"];
const LEADING = [REVEAL, "select.search", "select.undo", "select.redo", "input.replace", "input.fix"];

const setParts = StateEffect.define();
const setShown = StateEffect.define();

/** The `parts`, whose ranges are whole lines, the index of the one that is `shown`, and what `hidden` lines are to the view. */
const field = StateField.define({
  create: () => ({ parts: [], shown: WHOLE, hidden: Decoration.none }),
  update(before, transaction) {
    let { parts, shown } = before;
    const { newDoc: doc } = transaction;
    if (transaction.docChanged) {
      parts = parts.map((part) => moved(part, transaction));
    }
    for (const effect of transaction.effects) {
      if (effect.is(setParts)) {
        parts = effect.value.map((part) => ({ ...part, ...wholeLines(doc, part) }));
        shown = holder(parts, shown, transaction.newSelection.main.head);
      } else if (effect.is(setShown)) {
        shown = effect.value;
      }
    }
    const isSame = parts === before.parts && shown === before.shown;
    return isSame ? before : { parts, shown, hidden: beside(doc, parts[shown]) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ hidden }) => hidden),
});

/** The part that is shown alone, if one is. */
function alone(state) {
  const { parts, shown } = state.field(field);
  return parts[shown];
}

const has = ({ from, to }, offset) => from <= offset && offset <= to;

/** Who shows a place while a part is shown alone: that part if it can, or else another one, or else the whole. */
function holder(parts, shown, offset, accepts = () => true) {
  if (shown === WHOLE || (shown in parts && has(parts[shown], offset))) {
    return shown;
  }
  return parts.findIndex((part) => has(part, offset) && accepts(part));
}

/**
 * The lines of a range. The blank ones behind belong to it: somebody may be about to go on there. A line that only begins
 * where the range ends does not.
 */
function wholeLines(doc, { from, to }) {
  const first = doc.lineAt(Math.min(from, doc.length));
  let last = doc.lineAt(Math.min(to, doc.length));
  if (last.from === to && last.number > first.number && last.text.trim()) {
    last = doc.line(last.number - 1);
  }
  while (last.number < doc.lines && !doc.line(last.number + 1).text.trim()) {
    last = doc.line(last.number + 1);
  }
  return { from: first.from, to: last.to };
}

/** A part after a change. What is written at its borders is written into it. */
function moved(part, { changes, newDoc }) {
  const from = newDoc.lineAt(changes.mapPos(part.from, -1)).from;
  return { ...part, from, to: newDoc.lineAt(changes.mapPos(part.to, 1)).to };
}

/** Hides the lines before and behind a part. */
function beside(doc, part) {
  const gaps = part ? [[0, part.from - 1], [part.to + 1, doc.length]] : [];
  const hide = Decoration.replace({ block: true });
  return Decoration.set(gaps.filter(([from, to]) => from < to).map(([from, to]) => hide.range(from, to)));
}

const isOneOf = (transaction, events) => events.some((event) => transaction.isUserEvent(event));
const stays = (transaction) => isOneOf(transaction, STAYING) && !isOneOf(transaction, LEADING);

function changesBeyond({ changes }, { from, to }) {
  let does = false;
  changes.iterChangedRanges((start, end) => (does ||= start < from || end > to));
  return does;
}

/** Nobody deletes what is not to be seen. */
const keepsHidden = EditorState.changeFilter.of((transaction) => {
  const part = alone(transaction.startState);
  if (!part || !stays(transaction)) {
    return true;
  }
  // Half of a move would double a line.
  if (transaction.isUserEvent("move") && changesBeyond(transaction, part)) {
    return false;
  }
  return [0, part.from, part.to, transaction.startState.doc.length];
});

/** The cursor stays in the part, and so does what is selected. */
const keepsInside = EditorState.transactionFilter.of((transaction) => {
  const part = alone(transaction.startState);
  if (!part || !stays(transaction)) {
    return transaction;
  }
  const { from, to } = moved(part, transaction);
  const within = (offset) => Math.max(from, Math.min(offset, to));
  const { ranges, mainIndex } = transaction.newSelection;
  const bounded = ranges.map(({ anchor, head }) => EditorSelection.range(within(anchor), within(head)));
  const selection = EditorSelection.create(bounded, mainIndex);
  return selection.eq(transaction.newSelection) ? transaction : [transaction, { selection, sequential: true }];
});

/** What leads to another place shows the part that has it: a match, what is undone, a problem. */
const follows = EditorState.transactionExtender.of((transaction) => {
  const { parts, shown } = transaction.startState.field(field);
  const isSet = transaction.effects.some((effect) => effect.is(setParts) || effect.is(setShown));
  if (!(shown in parts) || isSet || stays(transaction)) {
    return null;
  }
  // A match in what a part is decoded from is only to be seen in the whole.
  const accepts = ({ isDecoded }) => !isDecoded || transaction.isUserEvent(REVEAL);
  const now = parts.map((part) => moved(part, transaction));
  const leads = holder(now, shown, transaction.newSelection.main.head, accepts);
  const goal = leads === shown && changesBeyond(transaction, parts[shown]) ? WHOLE : leads;
  return goal === shown ? null : { effects: setShown.of(goal) };
});

export const parts = [field, keepsHidden, keepsInside, follows];

/** The index of the part that a state shows alone, or -1. */
export const shownPart = (state) => state.field(field).shown;

/** For a transaction: shows the whole text. */
export const showWhole = () => setShown.of(WHOLE);

/** Says which parts there are: `{from, to, isDecoded}` of each. */
export function placeParts(view, parts) {
  if (parts.length > 0 || view.state.field(field).parts.length > 0) {
    view.dispatch({ effects: setParts.of(parts) });
  }
}

/** Shows a part alone, with the cursor in it, or the whole text at the cursor. */
export function showPart(view, index) {
  const { parts, shown } = view.state.field(field);
  if (index === shown) {
    return;
  }
  const part = parts[index];
  const { main } = view.state.selection;
  const selection = !part || (has(part, main.from) && has(part, main.to)) ? main : EditorSelection.cursor(part.from);
  const scroll = EditorView.scrollIntoView(selection.head, { y: part ? "nearest" : "center" });
  view.dispatch({ effects: [setShown.of(index), scroll], selection });
}

/** Goes to a place, if it is elsewhere than in the part that is shown alone. */
export function leadTo(view, offset) {
  const part = alone(view.state);
  if (part && !has(part, offset)) {
    view.dispatch({ selection: { anchor: offset }, userEvent: REVEAL, scrollIntoView: true });
  }
}
