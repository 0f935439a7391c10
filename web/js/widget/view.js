// What is shown below the text: how many problems there are, how much room is left, and the problems.
import { drawCounts, Problems, summary } from "../problems.js";
import { element } from "../prose.js";

/** How long nobody must have typed before a screen reader hears the result, in milliseconds. */
const PAUSE_MS = 1000;

/** How long an answer may take before it is said that what is shown is about an older text, in milliseconds. */
const LATE_MS = 1000;

const BEGIN = /* t */ "Type or paste a cloud-config to have it checked.";

export class View {
  body;
  #problems;
  #language;
  #counts = element("span", "counts");
  #meter = element("span", "meter");
  #status = element("p", "visually-hidden");
  #telling;
  #waiting;
  #isShown = true;
  #isAsked = false;
  /** What is drawn. */
  #drawn = {};

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
    this.#place();
  }

  /** An answer is awaited: what is shown is good enough until it takes long. */
  wait(checker) {
    if (checker.answer && checker.state === "pending") {
      clearTimeout(this.#telling);
      this.#waiting ??= setTimeout(() => this.show(checker), LATE_MS);
    } else {
      this.show(checker);
    }
  }

  /** Shows how the text stands with its checker. */
  show({ state, answer, isLate, failure, isIncomplete }) {
    this.#forget();
    this.#isAsked = state !== "none";
    this.#place();
    const { t, name } = this.#language;
    this.#draw({ answer, isLate, failure, isIncomplete, name });
    if (state === "done" || state === "failed") {
      this.#telling = setTimeout(() => (this.#status.textContent = answer ? summary(t, answer) : `${t("Not checked")}: ${t(failure)}`), PAUSE_MS);
    }
  }

  #draw(news) {
    if (Object.entries(news).every(([name, value]) => this.#drawn[name] === value)) {
      return;
    }
    this.#drawn = news;
    const { answer, isLate, failure, isIncomplete } = news;
    this.body.toggleAttribute("data-incomplete", isIncomplete);
    drawCounts(this.#language.t, this.#counts, answer, isLate, failure);
    this.#problems.show(answer, isLate, failure);
  }

  #place() {
    this.#problems.body.hidden = !this.#isShown || !this.#isAsked;
  }

  #forget() {
    clearTimeout(this.#telling);
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  /** Shows how many bytes of the most are taken; nothing without a limit. */
  measure(bytes, limit) {
    this.#meter.textContent = limit === undefined ? "" : this.#language.t("{bytes} of {limit} bytes", { bytes, limit });
    this.#meter.classList.toggle("full", bytes > limit);
  }
}
