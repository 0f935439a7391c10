// The worker that lints for coreos-cloudinit and its fork.
import init, * as linter from "dryboot-wasm-coreos";
import { serve } from "./serve.js";

await serve(init, linter, new URL("dryboot-wasm-coreos_bg.wasm", import.meta.url), "coreos");
