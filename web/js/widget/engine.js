// What all editors of a document share: one linter and one previewer, with their workers. They come with the first question
// and go when there is no editor any more.
import { programOf } from "../../../npm/src/targets.js";
import { Linter, LOADING, Modules, RENEWED } from "../linter.js";
import { Housed } from "./house.js";

const READY = "ready";

/** How long a question may take at most, once the modules are loaded, in milliseconds. */
const PATIENCE_MS = 20_000;

/** How often in a row what answers is replaced after it broke or hung. */
const TRIES = 4;

/** How long the workers wait for another editor, in milliseconds. */
const LINGER_MS = 10_000;

/** Why there is no answer. `isFinal`: there will be none to any other question. */
export class NoAnswer extends Error {
  constructor(message, isFinal) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** Questions and answers through something like a worker, which is replaced when it breaks. */
class Line {
  #spawn;
  #words;
  #renewed;
  #worker;
  #isLoaded = false;
  #number = 0;
  #waiting = new Map();
  #failures = 0;
  #failed;

  /** `words` says how it fails: `late`, `crashed`, `stopped` or `missing`. */
  constructor(words, spawn, renewed) {
    this.#words = words;
    this.#spawn = spawn;
    this.#renewed = renewed;
  }

  /** Promises the answer of an operation. */
  ask(...question) {
    if (this.#failed) {
      return Promise.reject(this.#failed);
    }
    const number = ++this.#number;
    const answer = new Promise((resolve, reject) => this.#waiting.set(number, { question, resolve, reject }));
    this.#open();
    this.#post(number);
    return answer;
  }

  close() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#end(new NoAnswer("the editor was removed", false));
  }

  #open() {
    if (this.#worker) {
      return;
    }
    this.#isLoaded = false;
    this.#worker = this.#spawn();
    this.#worker.onmessage = ({ data }) => this.#heard(data);
    this.#worker.onerror = () => this.#replace();
  }

  #post(number) {
    const waiting = this.#waiting.get(number);
    this.#worker.postMessage([number, ...waiting.question]);
    this.#watch(number, waiting);
  }

  /** Takes a question that is not answered in time for one that never will be. Loading may take any time. */
  #watch(number, waiting) {
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => {
      if (this.#isLoaded) {
        this.#settle(number, "reject", new NoAnswer(this.#words.late, false));
        this.#replace();
      } else {
        this.#watch(number, waiting);
      }
    }, PATIENCE_MS);
  }

  #heard([number, answer, error, isBroken]) {
    if (number === READY || number === LOADING) {
      this.#isLoaded = number === READY;
      this.#waiting.forEach((waiting, number) => this.#watch(number, waiting));
    } else if (number === RENEWED) {
      this.#renewed?.();
    } else if (isBroken) {
      this.#settle(number, "reject", new NoAnswer(this.#words.crashed, false));
      this.#replace();
    } else if (error !== undefined) {
      this.#settle(number, "reject", new NoAnswer(error, false));
    } else {
      this.#failures = 0;
      this.#isLoaded = true;
      this.#settle(number, "resolve", answer);
    }
  }

  #settle(number, how, what) {
    const waiting = this.#waiting.get(number);
    if (waiting) {
      this.#waiting.delete(number);
      clearTimeout(waiting.timer);
      waiting[how](what);
    }
  }

  /** Brings another worker in the place of one that broke, with the questions that it has not answered. */
  #replace() {
    const hadAnswered = this.#isLoaded;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#failures += 1;
    if (!hadAnswered || this.#failures > TRIES) {
      this.#failed = new NoAnswer(hadAnswered ? this.#words.stopped : this.#words.missing, true);
      this.#end(this.#failed);
    } else if (this.#waiting.size > 0) {
      this.#open();
      this.#waiting.forEach((_, number) => this.#post(number));
    }
  }

  #end(error) {
    [...this.#waiting.keys()].forEach((number) => this.#settle(number, "reject", error));
  }
}

const OF_LINTER = {
  late: /* t */ "the linter did not answer in time",
  crashed: /* t */ "the linter crashed on this text",
  stopped: /* t */ "the linter keeps crashing and was stopped",
  missing: /* t */ "the linter could not be loaded",
};

const OF_PREVIEW = {
  late: /* t */ "the preview did not answer in time",
  crashed: /* t */ "the preview crashed on this text",
  stopped: /* t */ "the preview keeps crashing and was stopped",
  missing: /* t */ "the preview could not be loaded",
};

class Engine extends EventTarget {
  /** Whether rules are missing, because the module with all of them cannot be had. */
  isIncomplete = false;
  #modules = new Modules({
    spawn: (module) => new Housed(module, module.replace(/-first$/, "")),
    first: "cloud-init",
    programOf,
    note: () => {},
    noteMissing: (isMissing) => (this.isIncomplete = isMissing),
  });
  #linter = new Line(OF_LINTER, () => new Linter(this.#modules), () => this.dispatchEvent(new Event("renewed")));
  #previewer = new Line(OF_PREVIEW, () => new Housed("boot"));

  /** Asks the linter: `operation` is an export of its modules. */
  ask(operation, ...rest) {
    return this.#linter.ask(operation, ...rest);
  }

  preview(bytes, target, options) {
    return this.#previewer.ask("preview_report", bytes, target, options);
  }

  close() {
    this.#linter.close();
    this.#previewer.close();
    this.#modules.spares.forEach(({ worker }) => worker.terminate());
  }
}

let engine;
let users = 0;
let lingering;

/** Takes part in the engine; `release` as often as this. */
export function share() {
  clearTimeout(lingering);
  users += 1;
  engine ??= new Engine();
  return engine;
}

export function release() {
  users -= 1;
  if (users === 0) {
    lingering = setTimeout(() => {
      engine.close();
      engine = undefined;
    }, LINGER_MS);
  }
}
