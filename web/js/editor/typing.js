// Takes what a keyboard types before the browser writes it into its document, which would lay the page out once more: the
// text is on the screen sooner, and the linter hears of it sooner.
import { EditorView, ViewPlugin } from "@codemirror/view";

import { LateSelection } from "./late-selection.js";

class Typing {
  /** The character of the key that is down; it goes where the cursor is, or in place of what is selected. */
  key = "";
  selection;

  constructor({ root }) {
    this.selection = new LateSelection(root);
  }

  destroy() {
    this.selection.settle();
  }
}

/** CodeMirror reads everything else from the document as always: what is composed, corrected, chosen or dictated. */
const fromKeys = ViewPlugin.fromClass(Typing, {
  eventHandlers: {
    // By then, CodeMirror has seen where the selection is.
    keydown({ key }) {
      this.selection.settle();
      this.key = key;
    },

    beforeinput(event, view) {
      const { state } = view;
      // While the selection is held, the browser would insert text in the wrong place.
      const isOurs = event.data === this.key || this.selection.isHeld;
      if (!isOurs || !insertsText(event) || view.composing || state.readOnly) {
        this.selection.settle();
        return false;
      }
      const { from, to } = state.selection.main;
      const text = event.data;
      const insert = () => state.update(state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
      const handlers = state.facet(EditorView.inputHandler);
      if (!handlers.some((handle) => handle(view, from, to, text, insert))) {
        this.selection.hold();
        view.dispatch(insert());
      }
      return true;
    },

    mousedown() {
      this.selection.settle();
    },
  },
});

/** A keyboard on the screen goes on working on what it has written: the browser has to write that. */
export const typing = navigator.maxTouchPoints === 0 ? fromKeys : [];

function insertsText({ inputType, isComposing, cancelable, data }) {
  return inputType === "insertText" && data && cancelable && !isComposing;
}
