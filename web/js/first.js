// The first lint: a linter at work on the plain text area, before there is anything else. It ends
// when the app takes the linter over.
import { INSTANCE_DATA, USER_DATA } from "./draft.js";
import { language, onLanguage } from "./page-language.js";
import { LOADING, RENEWED } from "./linter.js";
import { fileOf, Problems } from "./problems.js";
import { drawTakenFor } from "./taken-for.js";
import { chosenPlatform, chosenTarget, onPlatform, onTarget, showChoicesFor } from "./target.js";
import { drawTally, leave } from "./view.js";

const area = document.querySelector("textarea.plain");
const counts = document.querySelector(".counts");
/** What only the app can do is disabled. */
const problems = new Problems(document.querySelector(".problems > .pane-body"), { reveal }, { leave, language });

const MISSING = /* t */ "the linter could not be loaded";

/** The number of a lint. Other questions count down from it; the app counts up from 1. */
const LINT = 0;

/**
 * Lints the text now and whenever it changes, with the worker that `spawn` makes. `settled` is
 * called when the first report is shown, or when there will be none. `draft` keeps the text.
 */
export class FirstLint {
  #worker;
  #settled;
  #draft;
  #busy = false;
  #pending = false;
  /** What waits to hear whether a text holds a secret, by number. */
  #judging = new Map();
  #last = LINT;
  #listening = new AbortController();
  /** Whether the worker has its module. */
  isLoaded = false;
  /** The newest answer. */
  answer;
  /** Why there is no linter. */
  failure;
  /** The same for people. */
  #reason;

  constructor(spawn, settled, draft) {
    this.#settled = settled;
    this.#draft = draft;
    const { signal } = this.#listening;
    const noted = (note) => () => {
      note();
      this.#lint();
    };
    area.addEventListener("input", noted(() => draft.put(USER_DATA, area.value)), { signal });
    onTarget(noted(() => draft.choose("target", chosenTarget())), { signal });
    onPlatform(noted(() => draft.choose("platform", chosenPlatform())), { signal });
    draft.judge = (text, target) => this.#judge(text, target);
    try {
      this.#worker = spawn();
    } catch (error) {
      this.#fail(error, MISSING);
      return;
    }
    this.#worker.onmessage = ({ data: [number, answer, error] }) => {
      this.isLoaded = number !== LOADING;
      if (number === RENEWED) {
        this.#lint();
      } else if (error) {
        this.#fail(error, /* t */ "the linter crashed on this text");
      } else if (number === LINT) {
        this.#answered(answer);
      } else {
        this.#judging.get(number)?.(answer);
        this.#judging.delete(number);
      }
    };
    this.#worker.onerror = (event) => this.#fail(event, MISSING);
    onLanguage(() => this.released || this.#draw());
    this.#lint();
  }

  /** Whether the report is not about the newest text. */
  get behind() {
    return this.#busy || this.#pending;
  }

  /** Whether the worker belongs to somebody else. */
  get released() {
    return this.#listening.signal.aborted;
  }

  /** Leaves the worker to somebody else, unless it is broken. It may still answer to numbers below 1. */
  release() {
    this.#listening.abort();
    this.#dropQuestions();
    return this.failure ? undefined : this.#worker;
  }

  /** Promises whether a text for a target holds a secret. */
  #judge(text, target) {
    if (this.failure || this.released) {
      return Promise.resolve();
    }
    return new Promise((judged) => {
      const number = --this.#last;
      this.#judging.set(number, judged);
      this.#worker.postMessage([number, "holds_secret", text, target]);
    });
  }

  #dropQuestions() {
    this.#judging.forEach((judged) => judged());
    this.#judging.clear();
  }

  #lint() {
    this.#pending = this.#busy;
    if (!this.#busy && !this.failure) {
      this.#busy = true;
      this.#worker.postMessage([LINT, "lint", area.value, chosenTarget(), chosenPlatform(), this.#draft.text(INSTANCE_DATA)]);
    }
  }

  #answered(json) {
    this.#busy = false;
    if (this.#pending) {
      this.#lint();
      return;
    }
    this.answer = JSON.parse(json);
    showChoicesFor(fileOf(this.answer).target);
    this.#draw();
    document.documentElement.dataset.firstLint = "";
    this.#settled();
  }

  #fail(failure, reason) {
    this.#worker?.terminate();
    Object.assign(this, { failure, answer: undefined });
    this.#reason = reason;
    this.#dropQuestions();
    this.#draw();
    this.#settled();
  }

  /** Shows the answer, or why there is none. */
  #draw() {
    drawTakenFor(this.answer);
    drawTally(counts, this.answer, false, this.#reason);
    problems.show(this.answer, false, this.#reason);
  }
}

function reveal(start, end) {
  area.setSelectionRange(start, end);
  area.focus();
}
