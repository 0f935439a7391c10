// Serves a module: `[number, operation, …arguments]` in, `[number, answer]` out. When the module refuses, the answer is
// `[number, undefined, reason]`. When it breaks, the answer is `[number, undefined, error, true]`, and the page throws
// this worker away: what a panic leaves behind cannot be used again. An operation that has more to say than one answer is
// a generator.

/** In place of a number: the module is loaded. */
const READY = "ready";

/** `wasm` is the address of the module, `init` the function of its bindings that loads it. */
export async function serve(init, operations, wasm) {
  const asked = [];
  onmessage = ({ data }) => asked.push(data);
  await init({ module_or_path: wasm });
  // From here on, the time that an answer takes is the module's.
  postMessage([READY]);

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
      // What is refused is a text; all else is a trap of the module, or its stack or memory is exhausted.
      postMessage([number, undefined, String(error), typeof error !== "string"]);
    }
  }

  onmessage = ({ data }) => answer(data);
  asked.forEach(answer);
}
