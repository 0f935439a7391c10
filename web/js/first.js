// The first lint: a linter at work on the plain text area, before there is anything else. It ends
// when the app takes the linter over.
import { drawReport, drawUnchecked } from "./problems.js";

const area = document.querySelector("textarea.plain");
const target = document.getElementById("target");
const platform = document.getElementById("platform");

/**
 * Lints the text now and whenever it changes, with the worker that `spawn` makes. `settled` is
 * called when the first report is shown, or when there will be none.
 */
export class FirstLint {
  #worker;
  #settled;
  #busy = false;
  #pending = false;
  #listening = new AbortController();
  /** The newest report, as JSON. */
  report;
  /** Why there is no linter. */
  failure;

  constructor(spawn, settled) {
    this.#settled = settled;
    const { signal } = this.#listening;
    area.addEventListener("input", () => this.#lint(), { signal });
    target.addEventListener("change", () => this.#lint(), { signal });
    platform.addEventListener("change", () => this.#lint(), { signal });
    try {
      this.#worker = spawn();
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#worker.onmessage = ({ data: [, report, error] }) => (error ? this.#fail(error) : this.#answered(report));
    this.#worker.onerror = (event) => this.#fail(event);
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

  /** Leaves the worker to somebody else. It may still answer to number 0. */
  release() {
    this.#listening.abort();
    if (this.failure) {
      throw this.failure;
    }
    return this.#worker;
  }

  #lint() {
    this.#pending = this.#busy;
    if (!this.#busy && !this.failure) {
      this.#busy = true;
      const { value } = target.querySelector(":checked");
      this.#worker.postMessage([0, "lint", area.value, value, platform.value]);
    }
  }

  #answered(report) {
    this.#busy = false;
    if (this.#pending) {
      this.#lint();
      return;
    }
    this.report = report;
    drawReport(JSON.parse(report), (from, to) => {
      area.setSelectionRange(from, to);
      area.focus();
    });
    document.documentElement.dataset.firstLint = "";
    this.#settled();
  }

  #fail(failure) {
    this.#worker?.terminate();
    this.failure = failure;
    drawUnchecked();
    this.#settled();
  }
}
