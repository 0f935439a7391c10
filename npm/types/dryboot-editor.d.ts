import type {} from "./editor.js";
export {};
