// The worker that previews boots, of every program.
import init, * as boot from "dryboot-wasm-boot";
import { serve } from "./serve.js";

await serve(init, boot, new URL("dryboot-wasm-boot_bg.wasm", import.meta.url));
