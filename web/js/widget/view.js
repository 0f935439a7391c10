// What is shown below the text: how many problems there are, how much room is left, and the problems.
import { drawCounts, Problems, summary } from "../problems.js";
import { element } from "../prose.js";

/** How long nobody must have typed before a screen reader hears the result, in milliseconds. */
const PAUSE_MS = 1000;

const BEGIN = /* t */ "Type or paste a cloud-config to have it checked.";

export class View {
  body;
  #problems;
  #language;
  #counts = element("span", "counts");
  #meter = element("span", "meter");
  #status = element("p", "visually-hidden");
  #timer;
  #isShown = true;

  /** `actions` as for a problem; `leave` takes the focus away from a problem that is gone; `language` is that of the interface. */
  constructor(actions, leave, language) {
    this.#language = language;
    this.#problems = new Problems(element("div", "problem-body"), actions, { leave, language, begin: BEGIN });
    this.#status.role = "status";
    const bar = element("p", "bar", this.#counts, this.#meter);
    this.body = element("div", "view", bar, this.#problems.body, this.#status);
    bar.setAttribute("part", "summary");
    this.body.setAttribute("part", "problems");
    this.#problems.body.hidden = true;
  }

  set isShown(isShown) {
    this.#isShown = isShown;
    this.#problems.body.hidden ||= !isShown;
  }

  /** Shows how the text stands with its checker. */
  show({ state, answer, isLate, failure, isIncomplete }) {
    this.#problems.body.hidden = !this.#isShown || state === "none";
    this.body.toggleAttribute("data-incomplete", isIncomplete);
    const { t } = this.#language;
    drawCounts(t, this.#counts, answer, isLate, failure);
    this.#problems.show(answer, isLate, failure);
    clearTimeout(this.#timer);
    if (state === "done" || state === "failed") {
      this.#timer = setTimeout(() => (this.#status.textContent = answer ? summary(t, answer) : `${t("Not checked")}: ${t(failure)}`), PAUSE_MS);
    }
  }

  /** Shows how many bytes of the most are taken; nothing without a limit. */
  measure(bytes, limit) {
    this.#meter.textContent = limit === undefined ? "" : this.#language.t("{bytes} of {limit} bytes", { bytes, limit });
    this.#meter.classList.toggle("full", bytes > limit);
  }
}
