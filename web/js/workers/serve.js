// Serves a module: `[number, operation, …arguments]` in, `[number, answer]` out. When the module refuses, the answer is
// `[number, undefined, reason]`. When it breaks, the answer is `[number, undefined, error, true]`, and the page throws
// this worker away: what a panic leaves behind cannot be used again. An operation that has more to say than one answer is
// a generator. A module of one program of several answers `["elsewhere", number, program]` to a question for another.

/** In place of a number: the module is loaded. */
const READY = "ready";
const ELSEWHERE = "elsewhere";

/**
 * `wasm` is the address of the module, `init` the function of its bindings that loads it, `program` the one that it holds
 * if there are others: questions begin with a text or the bytes of a file, and a target, then. They come through `port`:
 * that of the worker, or one that is served without a worker.
 */
export async function serve(init, operations, wasm, program, port = globalThis) {
  const asked = [];
  port.onmessage = ({ data }) => asked.push(data);
  await init({ module_or_path: wasm });
  // From here on, the time that an answer takes is the module's.
  port.postMessage([READY]);

  /** The program that a question is for. */
  function programOf([subject, target]) {
    if (program === undefined || subject === undefined) {
      return program;
    }
    return typeof subject === "string"
      ? operations.program_of(subject, target)
      : operations.program_of_file(subject, target);
  }

  async function answer([number, operation, ...rest]) {
    try {
      const other = programOf(rest);
      if (other !== program) {
        port.postMessage([ELSEWHERE, number, other]);
        return;
      }
      const said = operations[operation](...rest);
      if (said?.[Symbol.asyncIterator]) {
        for await (const news of said) {
          port.postMessage([number, news]);
        }
      } else {
        port.postMessage([number, await said]);
      }
    } catch (error) {
      // What is refused is a text; all else is a trap of the module, or its stack or memory is exhausted.
      port.postMessage([number, undefined, String(error), typeof error !== "string"]);
    }
  }

  port.onmessage = ({ data }) => answer(data);
  asked.forEach(answer);
}
