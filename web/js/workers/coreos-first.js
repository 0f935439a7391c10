// The worker that lints for coreos-cloudinit and its fork until the one with all rules is there.
import init, * as linter from "dryboot-wasm-coreos-first";
import { serve } from "./serve.js";

await serve(init, linter, new URL("dryboot-wasm-coreos-first_bg.wasm", import.meta.url), "coreos");
