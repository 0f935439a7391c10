// How browsers, Deno and workers get the bytes of a module.

/** What a module is compiled from: its address. */
export const bytesOf = (url) => url;
