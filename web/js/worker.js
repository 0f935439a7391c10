// Serves the linter: `[number, operation, …arguments]` in, `[number, answer]` out. When the linter
// breaks, the answer is `[number, undefined, error]`, and the page throws this worker away.
import init, * as linter from "./dryboot-wasm.js";

const asked = [];
onmessage = ({ data }) => asked.push(data);

await init({ module_or_path: new URL("dryboot-wasm_bg.wasm", import.meta.url) });

function answer([number, operation, ...rest]) {
  try {
    postMessage([number, linter[operation](...rest)]);
  } catch (error) {
    postMessage([number, undefined, String(error)]);
  }
}

onmessage = ({ data }) => answer(data);
asked.forEach(answer);
