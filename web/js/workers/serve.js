// Serves a module: `[number, operation, …arguments]` in, `[number, answer]` out. When the module breaks, the answer is
// `[number, undefined, error]`, and the page throws this worker away. An operation that is a generator says more than
// one thing: whatever it yields, in the form of an answer, and the answer at last.

/** `wasm` is the address of the module, `init` the function of its bindings that loads it. */
export async function serve(init, operations, wasm) {
  const asked = [];
  onmessage = ({ data }) => asked.push(data);
  await init({ module_or_path: wasm });

  function answer([number, operation, ...rest]) {
    try {
      let said = operations[operation](...rest);
      if (typeof said?.next === "function") {
        const generator = said;
        let step;
        while (!(step = generator.next()).done) {
          postMessage([number, step.value]);
        }
        said = step.value;
      }
      postMessage([number, said]);
    } catch (error) {
      postMessage([number, undefined, String(error)]);
    }
  }

  onmessage = ({ data }) => answer(data);
  asked.forEach(answer);
}
