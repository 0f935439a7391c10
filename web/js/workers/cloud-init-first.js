// The worker that lints for cloud-init until the one with all rules is there.
import init, * as linter from "dryboot-wasm-cloud-init-first";
import { serve } from "./serve.js";

await serve(init, linter, new URL("dryboot-wasm-cloud-init-first_bg.wasm", import.meta.url), "cloud-init");
