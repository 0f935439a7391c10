// Serves a module: `[number, operation, …arguments]` in, `[number, answer]` out. When the module breaks, the answer is
// `[number, undefined, error]`, and the page throws this worker away. An operation that has more to say than one answer
// is a generator.

/** `wasm` is the address of the module, `init` the function of its bindings that loads it. */
export async function serve(init, operations, wasm) {
  const asked = [];
  onmessage = ({ data }) => asked.push(data);
  await init({ module_or_path: wasm });

  async function answer([number, operation, ...rest]) {
    try {
      const said = operations[operation](...rest);
      if (said?.[Symbol.asyncIterator]) {
        for await (const news of said) {
          postMessage([number, news]);
        }
      } else {
        postMessage([number, await said]);
      }
    } catch (error) {
      postMessage([number, undefined, String(error)]);
    }
  }

  onmessage = ({ data }) => answer(data);
  asked.forEach(answer);
}
