// Leaves the selection of the document as it is while a typed key is written, until the next frame. To set it, or only to read
// it, the browser has to lay the page out at once. With the frame it does that anyway, for all that has changed by then: also
// for what the linter says.

/** What the editor takes for the selection of the document in the meantime: the place of its cursor. */
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
  /** Only in Chromium has a shadow root a selection; it is what the editor reads there. */
  #isPossible;

  constructor(root) {
    this.#root = root;
    this.#isPossible = typeof root.getSelection === "function";
  }

  /** Whatever the editor does with its cursor from now on, the document hears of it with the next frame. */
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

  /** The document hears of it now: somebody is about to go by its selection. */
  settle() {
    const held = this.#release();
    // Whoever has got the focus since has a selection of their own.
    if (held?.anchorNode?.isConnected && this.#root.activeElement?.contains(held.anchorNode)) {
      this.#root.getSelection().collapse(held.anchorNode, held.anchorOffset);
    }
  }

  #release() {
    const held = this.#held;
    if (held) {
      this.#held = undefined;
      cancelAnimationFrame(this.#frame);
      // The one of all shadow roots is left.
      delete this.#root.getSelection;
    }
    return held;
  }
}
