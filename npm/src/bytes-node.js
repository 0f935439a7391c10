// How Node gets the bytes of a module.
import { readFile } from "node:fs/promises";

/** What a module is compiled from: the content of its file, or what the network has. */
export const bytesOf = (url) => (url.protocol === "file:" ? readFile(url) : fetch(url));
