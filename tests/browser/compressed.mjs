// How long a file is, as it is and as a static host would compress it.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Lengths in bytes. */
export function lengths(body) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return {
    raw: body.length,
    gzip: gzipSync(body, { level: 9 }).length,
    brotli: brotliCompressSync(body, { params }).length,
  };
}

/** The paths and lengths of the files at these addresses, which must all be below `base`. */
export function measured(urls, base) {
  return Promise.all(urls.map((url) => measure(url, base)));
}

async function measure(url, base) {
  if (!url.startsWith(`${base}/`)) throw new Error(`the page asks another server: ${url}`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  const body = Buffer.from(await response.arrayBuffer());
  return { path: new URL(url).pathname, ...lengths(body) };
}
