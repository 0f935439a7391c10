// Where a module lives: in a worker of its own, or, where there can be none, in the page's own thread. Browsers refuse
// workers from another origin and where the page's Content-Security-Policy or Trusted Types forbid them.
import { MODULES } from "../../../npm/src/modules.js";
import { serve } from "../workers/serve.js";

/** The name of the Trusted Types policy, which a page can allow. It passes nothing but addresses of the modules. */
const POLICY = "dryboot";

let policy;

/** An address in the form that a worker takes. */
function trusted(url) {
  const { trustedTypes } = globalThis;
  policy ??= trustedTypes?.createPolicy(POLICY, { createScriptURL: (url) => url }) ?? { createScriptURL: String };
  return policy.createScriptURL(url.href);
}

/** To its owner, this is a worker. */
export class Housed {
  onmessage;
  onerror;
  #module;
  #program;
  /** What has been asked so far, until the module is known to be served. */
  #asked = [];
  #port;

  /** `program` is the one that the module holds. */
  constructor(module, program) {
    this.#module = MODULES[module];
    this.#program = program;
    try {
      this.#moveIntoWorker();
    } catch {
      this.#moveIntoPage();
    }
  }

  postMessage(message) {
    this.#asked?.push(message);
    this.#port.postMessage(message);
  }

  terminate() {
    const end = this.#port.terminate ?? this.#port.close;
    end.call(this.#port);
    this.#port.onmessage = this.#port.onerror = null;
  }

  #moveIntoWorker() {
    const url = this.#module.worker();
    url.hash = encodeURIComponent(this.#module.wasm().href);
    this.#port = new Worker(trusted(url), { type: "module" });
    this.#port.onmessage = (event) => this.#hear(event);
    this.#port.onerror = (event) => {
      if (this.#asked) {
        event.preventDefault();
        this.terminate();
        this.#moveIntoPage();
      } else {
        this.onerror?.(event);
      }
    };
  }

  async #moveIntoPage() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event) => this.#hear(event);
    this.#asked.forEach((message) => port1.postMessage(message));
    try {
      const bindings = await this.#module.bindings();
      await serve(bindings.default, bindings, this.#module.wasm(), this.#program, port2);
    } catch (error) {
      // One that was thrown away in the meantime has no owner that listens.
      this.onerror?.(error);
    }
  }

  #hear(event) {
    this.#asked = undefined;
    this.onmessage?.(event);
  }
}
