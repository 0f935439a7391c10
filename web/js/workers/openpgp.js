// The worker that verifies images. It reads files itself, piece by piece, so that one of any size needs the memory of a
// piece. Verifying is cancelled by terminating it.
import init, * as openpgp from "dryboot-wasm-openpgp";
import { serve } from "./serve.js";

/** How much is read at once, in bytes. */
const PIECE = 1 << 20;

/** How often it says how far it is, in milliseconds. */
const PAUSE = 60;

const reader = new FileReaderSync();

/** The bytes of a blob from `start` to `end`, or as far as there are any. */
function read(blob, start, end) {
  try {
    const bytes = new Uint8Array(reader.readAsArrayBuffer(blob.slice(start, end)));
    if (bytes.length === Math.min(end, blob.size) - start) {
      return bytes;
    }
  } catch {
    // The browser says no more than that it did not work.
  }
  const name = blob.name ? `\`${blob.name}\`` : "the file";
  throw `cannot read ${name}: it was moved, changed or locked since you chose it, so choose it again`;
}

/** Says which of the files an error is about. */
function about({ name }, work) {
  try {
    return work();
  } catch (error) {
    throw name && typeof error === "string" ? `${name}: ${error}` : error;
  }
}

const operations = {
  /** What a file is. */
  sort(file) {
    const isShort = file.size <= openpgp.keyring_limit();
    // Of a long one, too, a byte is read, to see whether that is possible.
    return openpgp.sort(file.name, read(file, 0, isShort ? file.size : 1), file.size);
  },

  /** The report on an image; until it is there, how much has been read. */
  *verify({ image, signature, keys, name, options }) {
    yield 0;
    const signatures = read(signature, 0, openpgp.signature_limit() + 1);
    const how = new openpgp.Options(options);
    const verification = about(signature, () => new openpgp.Verification(signatures, how));
    for (const key of keys) {
      const bytes = read(key, 0, openpgp.keyring_limit() + 1);
      about(key, () => verification.add_keys(bytes));
    }
    let told = performance.now();
    for (let at = 0; at < image.size; at += PIECE) {
      verification.update(read(image, at, at + PIECE));
      if (performance.now() - told >= PAUSE) {
        told = performance.now();
        yield Math.min(at + PIECE, image.size);
      }
    }
    return verification.finish(name);
  },
};

await serve(init, operations, new URL("dryboot-wasm-openpgp_bg.wasm", import.meta.url));
