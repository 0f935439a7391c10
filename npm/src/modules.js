// Where the modules are. The addresses are written out, because that is how bundlers find files that belong together.

/** Each module: its WebAssembly, the script of a worker that serves it, and its bindings. */
export const MODULES = {
  "cloud-init-first": {
    wasm: () => new URL("./modules/cloud-init-first.wasm", import.meta.url),
    worker: () => new URL("./modules/cloud-init-first-worker.js", import.meta.url),
    bindings: () => import("./modules/cloud-init-first.js"),
  },
  "cloud-init": {
    wasm: () => new URL("./modules/cloud-init.wasm", import.meta.url),
    worker: () => new URL("./modules/cloud-init-worker.js", import.meta.url),
    bindings: () => import("./modules/cloud-init.js"),
  },
  "coreos-first": {
    wasm: () => new URL("./modules/coreos-first.wasm", import.meta.url),
    worker: () => new URL("./modules/coreos-first-worker.js", import.meta.url),
    bindings: () => import("./modules/coreos-first.js"),
  },
  coreos: {
    wasm: () => new URL("./modules/coreos.wasm", import.meta.url),
    worker: () => new URL("./modules/coreos-worker.js", import.meta.url),
    bindings: () => import("./modules/coreos.js"),
  },
  boot: {
    wasm: () => new URL("./modules/boot.wasm", import.meta.url),
    worker: () => new URL("./modules/boot-worker.js", import.meta.url),
    bindings: () => import("./modules/boot.js"),
  },
  openpgp: {
    wasm: () => new URL("./modules/openpgp.wasm", import.meta.url),
    bindings: () => import("./modules/openpgp.js"),
  },
};
