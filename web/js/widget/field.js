// Where the text is typed: a text area, and in its place, once somebody comes to type, the rich editor.
import { element } from "../prose.js";

/** Browsers lay out all lines of a text area, which takes them seconds for more characters than this. */
const LARGE = 500_000;

export class Field {
  /** What holds the text area or the rich editor. */
  frame = element("div", "editor");
  area = element("textarea", "plain");
  #events;
  #rich;
  #isLoading = false;
  #isComposing = false;
  #report;

  /** `events` as for the rich editor; `change` and `cursor` come from either. `failed` hears why there is only the text area. */
  constructor(events) {
    this.#events = events;
    Object.assign(this.area, { spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off" });
    this.area.setAttribute("part", "textarea");
    this.frame.setAttribute("part", "editor");
    this.frame.append(this.area);
    this.area.addEventListener("input", () => events.change(this.area.value));
    this.area.addEventListener("compositionstart", () => (this.#isComposing = true));
    this.area.addEventListener("compositionend", () => (this.#isComposing = false));
  }

  /** Shows a text that its owner has already. */
  show(text) {
    if (this.#rich) {
      this.#rich.show(text);
    } else if (this.area.value !== text) {
      this.#fill(text);
      this.arrive();
    }
  }

  /** The field has come into a document: a text area that would be too slow is left out. */
  arrive() {
    if (this.area.hidden) {
      this.enrich();
    }
  }

  #fill(text) {
    this.area.hidden = text.length > LARGE;
    this.area.value = text;
  }

  /** Brings the rich editor. Where it cannot be loaded, the text area stays. */
  async enrich() {
    if (this.#rich || this.#isLoading) {
      return;
    }
    this.#isLoading = true;
    try {
      const { mount } = await import("../editor/index.js");
      if (this.#isComposing) {
        await new Promise((composed) => this.area.addEventListener("compositionend", composed, { once: true }));
      }
      if (this.frame.isConnected && !this.#rich) {
        this.#rich = mount(this.frame, this.area, this.#events);
        this.#rich.setReport(this.#report);
      }
    } catch (error) {
      this.area.hidden = false;
      this.#events.failed(error);
    } finally {
      this.#isLoading = false;
    }
  }

  /** Takes the rich editor away again. */
  simplify() {
    if (this.#rich) {
      this.#fill(this.#rich.text);
      this.#rich.destroy();
      this.#rich = undefined;
      this.frame.replaceChildren(this.area);
    }
  }

  /** Names the text, and has what else is written in the present language. */
  relabel(label) {
    this.area.ariaLabel = label;
    this.#rich?.relabel(label);
  }

  focus() {
    (this.#rich ?? this.area).focus();
  }

  /** Marks the problems of a report on the text that is shown; without one, none. */
  mark(report) {
    if (report !== this.#report) {
      this.#report = report;
      this.#rich?.setReport(report);
    }
  }

  set isInvalid(isInvalid) {
    this.area.ariaInvalid = isInvalid ? "true" : null;
    if (this.#rich) {
      this.#rich.isInvalid = isInvalid;
    }
  }

  set isReadOnly(isReadOnly) {
    const isNews = this.area.readOnly !== isReadOnly;
    this.area.readOnly = isReadOnly;
    if (this.#rich && isNews) {
      this.#rich.isReadOnly = isReadOnly;
    }
  }

  reveal(start, end) {
    if (this.#rich) {
      this.#rich.reveal(start, end);
    } else {
      this.area.focus();
      this.area.setSelectionRange(start, end);
    }
  }

  /** Makes the edits of a fix. */
  apply(edits) {
    if (this.#rich) {
      edits.forEach(({ start, end, text }) => this.#rich.replace(start, end, text));
      this.#rich.commit();
    } else {
      const lastFirst = [...edits].sort((one, other) => other.start - one.start);
      lastFirst.forEach(({ start, end, text }) => this.area.setRangeText(text, start, end));
      this.#events.change(this.area.value);
    }
  }

  /** Replaces what is selected, as typing does. */
  insert(text) {
    if (this.#rich) {
      this.#rich.insert(text);
    } else {
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
      this.#events.change(this.area.value);
    }
  }
}
