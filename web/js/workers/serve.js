// Serves a module: `[number, operation, …arguments]` in, `[number, answer]` out. When the module breaks, the answer is
// `[number, undefined, error]`, and the page throws this worker away.

/** `wasm` is the address of the module, `init` the function of its bindings that loads it. */
export async function serve(init, operations, wasm) {
  const asked = [];
  onmessage = ({ data }) => asked.push(data);
  await init({ module_or_path: wasm });

  function answer([number, operation, ...rest]) {
    try {
      postMessage([number, operations[operation](...rest)]);
    } catch (error) {
      postMessage([number, undefined, String(error)]);
    }
  }

  onmessage = ({ data }) => answer(data);
  asked.forEach(answer);
}
