// One linter out of several modules: each holds one program, and is loaded when there is a text for that program. A
// program may have a small module to begin with: it gives the first report, with a part of the rules, until the whole one
// is there. To its owner, this is a worker like any other, with the messages of `workers/serve.js`.

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
      this.onmessage?.(event);
      this.#loadWhole(module);
    }
  }

  /** Loads the whole module, once its small one has said what people wait for. */
  #loadWhole(module) {
    const program = this.#modules.wholeOf(module);
    if (program && this.#lines.has(module)) {
      this.#line(program);
    }
  }

  /** A whole module takes the place of its small one. */
  #renew(module) {
    const small = this.#modules.whole(module);
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
        this.#modules.first = this.#modules.wholeOf(other) ?? other;
      }
    }
    if (line.isReady || !this.#modules.hasSmall(module)) {
      this.onerror?.(event);
      return;
    }
    // The small one goes on, and what it shows says that there is no more to come.
    document.documentElement.dataset.incomplete = "";
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

/** The modules that there are, and the one to begin with. */
export class Modules {
  /** Workers that are ready and at work for nobody, by module: the next linter takes them. */
  spares = new Map();
  /** The program of a target, by its name. */
  programOf;
  #spawn;
  #first;
  #small;
  #note;

  /**
   * `spawn` makes the worker of a module, and a module is called as its program; `small` has the modules to begin with,
   * by program. `first` is the program to begin with, and `note` hears which one the newest text is for.
   */
  constructor({ spawn, small, first, programOf, note }) {
    this.programOf = programOf;
    this.#spawn = spawn;
    this.#small = new Map(Object.entries(small));
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
    return this.#small.get(program) ?? program;
  }

  hasSmall(program) {
    return this.#small.has(program);
  }

  /** The program of a small module. */
  wholeOf(module) {
    return [...this.#small].find(([, small]) => small === module)?.[0];
  }

  /** The whole module of a program is there: what was its small one is of no use any more, and is returned. */
  whole(program) {
    const small = this.#small.get(program);
    this.#small.delete(program);
    return small;
  }

  open(module) {
    const spare = this.spares.get(module);
    this.spares.delete(module);
    return spare ?? { worker: this.#spawn(module), isReady: false, isBroken: false };
  }
}
