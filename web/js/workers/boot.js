// The worker that previews boots, which coreos-cloudinit and its fork have.
import init, * as boot from "dryboot-wasm-boot";
import { serve } from "./serve.js";

await serve(init, boot, new URL("dryboot-wasm-boot_bg.wasm", import.meta.url), "coreos");
