// The worker that lints.
import init, * as linter from "dryboot-wasm";
import { serve } from "./serve.js";

await serve(init, linter, new URL("dryboot-wasm_bg.wasm", import.meta.url));
