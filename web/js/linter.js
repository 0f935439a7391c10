// One linter out of several modules: each holds one program, and is loaded when there is a text for that program. Every
// program has a small module to begin with: it gives the first report, with a part of the rules, until the whole one is
// there. To its owner, this is a worker like any other, with the messages of `workers/serve.js`.

const READY = "ready";
const ELSEWHERE = "elsewhere";

/** In place of a number: the next answers wait for a module that is being loaded. */
export const LOADING = "loading";

/** In place of a number: the whole module is there, and has more to say to the same question. */
export const RENEWED = "renewed";

/** What a small module can do: what people wait for. */
const OF_SMALL = ["lint", "lint_file", "read"];

export class Linter {
  /** As of a worker: set by the owner. */
  onmessage;
  onerror;
  /** Workers by module, each with `isReady` and `isBroken`. */
  #lines = new Map();
  /** Questions without an answer yet, by number: the module that was asked, and the message. */
  #asked = new Map();
  #modules;

  /** `modules` is a [`Modules`]. */
  constructor(modules) {
    this.#modules = modules;
    if (this.#line(modules.toBeginWith(modules.first)).isReady) {
      this.#tellSoon(READY);
    }
  }

  /** A question has a target in its fourth place, or leaves it to the text. */
  postMessage(message) {
    const target = message[3];
    this.#ask(target ? this.#modules.programOf(target) : this.#modules.first, message);
  }

  /** Ends the workers that broke, and those that owe an answer, which may never come. */
  terminate() {
    for (const [module, line] of this.#lines) {
      line.worker.onmessage = line.worker.onerror = null;
      if (line.isBroken || !line.isReady || this.#owed(module).length > 0) {
        line.worker.terminate();
      } else {
        this.#modules.spares.set(module, line);
      }
    }
    this.#lines.clear();
    this.#asked.clear();
  }

  /** The numbers of the questions that a module has not answered. */
  #owed(module) {
    return [...this.#asked].filter(([, asked]) => asked.module === module).map(([number]) => number);
  }

  #ask(program, message) {
    const [number, operation] = message;
    const module = OF_SMALL.includes(operation) ? this.#modules.toBeginWith(program) : program;
    this.#asked.set(number, { module, message });
    const line = this.#line(module);
    line.worker.postMessage(message);
    if (!line.isReady && OF_SMALL.includes(operation)) {
      this.#tellSoon(LOADING);
    }
  }

  #line(module) {
    const known = this.#lines.get(module);
    if (known) {
      return known;
    }
    const line = this.#modules.open(module);
    this.#lines.set(module, line);
    line.worker.onmessage = (event) => this.#heard(module, line, event);
    line.worker.onerror = (event) => this.#failed(module, line, event);
    return line;
  }

  #heard(module, line, event) {
    const [number, asked, other] = event.data;
    if (number === READY) {
      line.isReady = true;
      this.onmessage?.(event);
      this.#renew(module);
    } else if (number === ELSEWHERE) {
      const { message } = this.#asked.get(asked);
      // From now on, that one is asked first.
      this.#modules.first = other;
      this.#ask(other, message);
    } else {
      this.#asked.delete(number);
      line.isBroken ||= event.data[2] !== undefined;
      this.#noteWhole(module);
      this.onmessage?.(event);
      // Lets the browser paint what was said.
      setTimeout(() => this.#loadWhole(module));
    }
  }

  /** Says beside what a small module answers whether there is no more to come. */
  #noteWhole(module) {
    if (isSmall(module)) {
      const whole = this.#lines.get(wholeOf(module));
      this.#modules.noteMissing(whole?.isBroken ?? false);
    }
  }

  /** Loads the whole module, once its small one has said what people wait for. */
  #loadWhole(module) {
    if (isSmall(module) && this.#lines.has(module)) {
      this.#line(wholeOf(module));
    }
  }

  /** A whole module takes the place of its small one. */
  #renew(module) {
    if (isSmall(module)) {
      return;
    }
    this.#modules.whole.add(module);
    const small = smallOf(module);
    const line = this.#lines.get(small);
    if (!line) {
      return;
    }
    if (this.#owed(small).length === 0) {
      this.#lines.delete(small);
      line.worker.terminate();
    }
    this.onmessage?.({ data: [RENEWED] });
  }

  #failed(module, line, event) {
    line.isBroken = true;
    // One that cannot be loaded must not stand in the way of the others: any can say which one to ask.
    for (const [other, { isReady, isBroken }] of this.#lines) {
      if (isReady && !isBroken) {
        this.#modules.first = wholeOf(other);
      }
    }
    const small = smallOf(module);
    if (line.isReady || !this.#lines.has(small)) {
      this.onerror?.(event);
      return;
    }
    // The small one goes on.
    this.#noteWhole(small);
    for (const number of this.#owed(module)) {
      this.#asked.delete(number);
      this.onmessage?.({ data: [number] });
    }
  }

  /** Not at once: the owner may be in the middle of a question. */
  #tellSoon(word) {
    queueMicrotask(() => this.onmessage?.({ data: [word] }));
  }
}

/** What a small module has after the name of its program, which is the name of the whole one. */
const SMALL = "-first";

const smallOf = (program) => program + SMALL;
const isSmall = (module) => module.endsWith(SMALL);
const wholeOf = (module) => (isSmall(module) ? module.slice(0, -SMALL.length) : module);

/** The modules that there are, and the one to begin with. */
export class Modules {
  /** The programs whose whole module has been loaded: their small ones are of no use any more. */
  whole = new Set();
  /** Workers that are ready and at work for nobody, by module: the next linter takes them. */
  spares = new Map();
  /** The program of a target, by its name. */
  programOf;
  /** Hears whether the whole module of the program in use cannot be had. */
  noteMissing;
  #spawn;
  #first;
  #note;

  /**
   * `spawn` makes the worker of a module. `first` is the program to begin with, and `note` hears which one the newest text
   * is for.
   */
  constructor({ spawn, first, programOf, note, noteMissing }) {
    this.programOf = programOf;
    this.noteMissing = noteMissing;
    this.#spawn = spawn;
    this.#first = first;
    this.#note = note;
  }

  get first() {
    return this.#first;
  }

  set first(program) {
    this.#first = program;
    this.#note(program);
  }

  /** The module of a program that answers soonest. */
  toBeginWith(program) {
    return this.whole.has(program) ? program : smallOf(program);
  }

  open(module) {
    const spare = this.spares.get(module);
    this.spares.delete(module);
    return spare ?? { worker: this.#spawn(module), isReady: false, isBroken: false };
  }
}
