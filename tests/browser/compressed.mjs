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
