// Modules: each is loaded once, when something first needs it.
import { MODULES } from "./modules.js";

const loaded = new Map();

let base;

/**
 * Says where the folder `modules` of this package is served, for bundlers that leave files alone which a script names by
 * `new URL(…, import.meta.url)`. It must be called before anything is loaded.
 */
export function setBase(url) {
  base = new URL(url, globalThis.location?.href);
}

/** Promises the functions of a module. One that cannot be loaded is tried again the next time. */
export function load(name) {
  if (!loaded.has(name)) {
    const loading = start(MODULES[name], name);
    loaded.set(name, loading);
    loading.catch(() => loaded.delete(name));
  }
  return loaded.get(name);
}

async function start({ wasm, bindings }, name) {
  const url = base ? new URL(`${name}.wasm`, base) : wasm();
  const [{ default: init, ...functions }, bytes] = await Promise.all([bindings(), bytesOf(url)]);
  await init({ module_or_path: bytes });
  return functions;
}

/** What a module is compiled from: its address, or, in Node, which fetches no files, its bytes. */
function bytesOf(url) {
  return url.protocol === "file:" ? process.getBuiltinModule("node:fs/promises").readFile(url) : url;
}

/** Calls a function of a module. What it refuses is a text, and becomes an error. */
export function call(operation, ...rest) {
  try {
    return operation(...rest);
  } catch (error) {
    throw typeof error === "string" ? new Error(error) : error;
  }
}
