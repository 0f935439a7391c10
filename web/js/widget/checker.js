// How the newest text of one editor stands with the linter. One lint is in flight at most; the newest text waits.
import { fileOf } from "../problems.js";
import { release, share } from "./engine.js";

const utf8 = new TextEncoder();

/** The operation that lints a text of each kind. */
const OPERATIONS = { "network-config": "lint_network_config" };

export class Checker {
  /** `none` as long as nobody asks, `pending`, `done` or `failed`. */
  state = "none";
  /** The newest answer, and whether it is about an older text. */
  answer;
  isLate = false;
  /** Why there is no answer. */
  failure;
  /** Whether the engine itself cannot be had. */
  isHopeless = false;
  #engine;
  #tell;
  #asked;
  #isBusy = false;
  #again = false;
  #renewed = () => this.#asked && this.#run();
  #waiting = [];
  /** The answer, as it came. */
  #json;

  /** `tell` hears whenever something of this has changed. */
  constructor(tell) {
    this.#tell = tell;
  }

  get isOpen() {
    return this.#engine !== undefined;
  }

  /** Whether rules are missing that cannot be had. */
  get isIncomplete() {
    return this.#engine?.isIncomplete ?? false;
  }

  open() {
    if (!this.#engine) {
      this.#engine = share();
      this.#engine.addEventListener("renewed", this.#renewed);
    }
  }

  /** Leaves the engine; a check in flight comes to nothing. */
  close() {
    if (this.#engine) {
      this.#engine.removeEventListener("renewed", this.#renewed);
      this.#engine = undefined;
      this.#asked = undefined;
      this.state = "none";
      release();
    }
    this.#settle((waiting) => waiting.reject(new Error("the editor was removed")));
  }

  /** Checks a text: `{raw, target, platform, kind}`. */
  check(question) {
    this.open();
    this.#asked = question;
    this.isLate = this.answer !== undefined;
    this.state = this.isHopeless ? "failed" : "pending";
    this.#run();
  }

  /** Promises the answer to the newest question, by all rules that there are. */
  get whole() {
    if (this.isHopeless) {
      return Promise.reject(new Error(this.failure));
    }
    return this.state === "done" && this.#isWhole()
      ? Promise.resolve(this.answer)
      : new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  preview(raw, target, options) {
    this.open();
    return this.#engine.preview(utf8.encode(raw), target, options);
  }

  /** Asks about a place: `hover` or `complete`. There is no answer when the text changes meanwhile. */
  async about(operation, text, target, offset) {
    try {
      return await this.#engine?.ask(operation, text, target, offset);
    } catch {
      return undefined;
    }
  }

  #isWhole() {
    return !this.answer.partial || this.isIncomplete;
  }

  async #run() {
    this.#again = this.#isBusy;
    if (this.#isBusy) {
      return;
    }
    this.#isBusy = true;
    const asked = this.#asked;
    let heard;
    try {
      const answer = this.#read(await this.#ask(asked));
      heard = () => Object.assign(this, { answer, state: "done", isLate: false, failure: undefined });
    } catch (error) {
      heard = () => {
        this.isHopeless = error.isFinal === true;
        Object.assign(this, { answer: undefined, state: "failed", isLate: false, failure: error.message });
      };
    }
    this.#isBusy = false;
    if (!this.#engine) {
      return;
    }
    if (asked !== this.#asked) {
      this.#run();
      return;
    }
    heard();
    if (this.#again) {
      this.#run();
    }
    this.#tell();
    if (this.state === "failed") {
      this.#settle(({ reject }) => reject(new Error(this.failure)));
    } else if (this.#isWhole()) {
      this.#settle(({ resolve }) => resolve(this.answer));
    }
  }

  /** The answer of which this is the JSON: the same one as before if it says that nothing is wrong, and said so before. */
  #read(json) {
    const isKnown = json === this.#json && this.answer !== undefined && fileOf(this.answer).diagnostics.length === 0;
    this.#json = json;
    return isKnown ? this.answer : JSON.parse(json);
  }

  /** Bytes keep line breaks other than the editor's; the answer counts in what is shown of them. */
  #ask({ raw, target, platform, kind }) {
    const operation = OPERATIONS[kind];
    if (operation) {
      return this.#engine.ask(operation, raw, target || "cloud-init", platform);
    }
    return raw.includes("\r")
      ? this.#engine.ask("lint_file", utf8.encode(raw), target, platform)
      : this.#engine.ask("lint", raw, target, platform);
  }

  #settle(how) {
    this.#waiting.splice(0).forEach(how);
  }
}
