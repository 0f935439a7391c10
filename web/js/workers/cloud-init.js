// The worker that lints for cloud-init.
import init, * as linter from "dryboot-wasm-cloud-init";
import { serve } from "./serve.js";

await serve(init, linter, new URL("dryboot-wasm-cloud-init_bg.wasm", import.meta.url), "cloud-init");
