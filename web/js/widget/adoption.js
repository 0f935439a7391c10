// A text area of the host's that the element stands in for. It keeps its name, its form and its value: a form library that
// knows it, and a server, see no difference.

const { set: setValue } = globalThis.HTMLTextAreaElement
  ? Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")
  : {};

export class Adoption {
  area;
  #was;
  #listening = new AbortController();
  #isTelling = false;

  /** `take(text)` hears the texts that others give to the text area, `focus` when its label is clicked. */
  constructor(area, { take, focus }) {
    this.area = area;
    this.#was = { hidden: area.hidden, required: area.required };
    area.hidden = true;
    // The browser could not show what is missing in a field that is hidden.
    area.required = false;
    const { signal } = this.#listening;
    const heard = () => this.#isTelling || take(area.value);
    area.addEventListener("input", heard, { signal });
    area.addEventListener("change", heard, { signal });
    area.form?.addEventListener("reset", () => setTimeout(heard), { signal });
    for (const label of area.labels) {
      label.addEventListener("click", focus, { signal });
    }
  }

  get isRequired() {
    return this.#was.required;
  }

  get label() {
    return this.area.ariaLabel || [...this.area.labels].map((label) => label.textContent.trim()).join(" ");
  }

  /** Writes a text into the text area as if it had been typed there. Frameworks watch over the property, and hear the event. */
  write(text) {
    this.#isTelling = true;
    setValue.call(this.area, text);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.#isTelling = false;
  }

  /** Says that the text has been changed for good, as a text area does when it loses the focus. */
  settle() {
    this.#isTelling = true;
    this.area.dispatchEvent(new Event("change", { bubbles: true }));
    this.#isTelling = false;
  }

  /** Gives the text area back. */
  end() {
    this.#listening.abort();
    Object.assign(this.area, this.#was);
    this.area.setCustomValidity("");
  }
}
