// Sets the document's selection after a typed key with the next frame instead of at once. Setting or reading it forces the
// browser to lay out the page. The frame does that anyway, once for everything that has changed by then, diagnostics included.

/** Stands in for the document's selection until then: where the editor has its cursor. */
class Held {
  anchorNode = null;
  anchorOffset = 0;

  get focusNode() {
    return this.anchorNode;
  }

  get focusOffset() {
    return this.anchorOffset;
  }

  collapse(node, offset) {
    this.anchorNode = node;
    this.anchorOffset = offset;
  }
}

/** The selection in the shadow root of an editor. */
export class LateSelection {
  #root;
  #held;
  #frame;
  /** Only Chromium's shadow roots have a selection of their own, which the editor reads if it is there. */
  #isPossible;

  constructor(root) {
    this.#root = root;
    this.#isPossible = typeof root.getSelection === "function";
  }

  /** Keeps what the editor does with its cursor from the document until the next frame. */
  hold() {
    if (this.#isPossible && !this.#held) {
      const held = new Held();
      this.#held = held;
      this.#root.getSelection = () => held;
      this.#frame = requestAnimationFrame(() => this.settle());
    }
  }

  get isHeld() {
    return this.#held !== undefined;
  }

  /** Sets the document's selection now, for whatever is about to use it. */
  settle() {
    const held = this.#held;
    if (!held) {
      return;
    }
    this.#held = undefined;
    cancelAnimationFrame(this.#frame);
    // The method that all shadow roots have is still there.
    delete this.#root.getSelection;
    // If the focus has moved since, so has the selection.
    if (held.anchorNode && this.#root.activeElement?.contains(held.anchorNode)) {
      this.#root.getSelection().collapse(held.anchorNode, held.anchorOffset);
    }
  }
}
