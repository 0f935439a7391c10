// The worker that verifies images. It reads files itself, as streams, so that one of any size needs the memory of a
// piece. Verifying is cancelled by terminating it.
import init, * as openpgp from "dryboot-wasm-openpgp";
import { serve } from "./serve.js";

/** How much is read at once at most, in bytes. */
const PIECE = 1 << 20;

/** How often it says how far it is, in milliseconds. */
const PAUSE = 60;

/** The words for a file that the browser cannot read, about which it says no more than that. */
function unreadable({ name }) {
  const file = name ? `\`${name}\`` : "the file";
  return `cannot read ${file}: it was moved, changed or locked since you chose it, so choose it again`;
}

/** The first bytes of a file. */
async function head(file, limit) {
  try {
    return new Uint8Array(await file.slice(0, limit).arrayBuffer());
  } catch {
    throw unreadable(file);
  }
}

/** The readers at work: Chromium's collector takes one that only waits, and then its answer never comes. */
const reading = new Set();

/**
 * All bytes of a file, in pieces; each is gone with the next. `FileReaderSync` would do, but a stream is read ahead, and
 * where it fills the same buffer over and over, nothing is left to the collector, which takes its time.
 */
async function* pieces(file) {
  const reader = readerOf(file.stream());
  reading.add(reader);
  let buffer = new ArrayBuffer(PIECE);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (done) break;
      length += value.length;
      yield value;
      ({ buffer } = value);
    }
  } catch {
    throw unreadable(file);
  } finally {
    reading.delete(reader);
  }
  if (length !== file.size) {
    throw unreadable(file);
  }
}

/** A reader that fills the buffers that it is given, or, where there is none, makes its own. */
function readerOf(stream) {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return stream.getReader();
  }
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
  async sort(file) {
    const isShort = file.size <= openpgp.keyring_limit();
    // Of a long one, too, a byte is read, to see whether that is possible.
    return openpgp.sort(file.name, await head(file, isShort ? file.size : 1), file.size);
  },

  /** How much of an image has been read, again and again, and the report on it at last. */
  async *verify({ image, signature, keys, name, options }) {
    yield 0;
    const signatures = await head(signature, openpgp.signature_limit() + 1);
    const how = new openpgp.Options(options);
    const verification = about(signature, () => new openpgp.Verification(signatures, how));
    for (const key of keys) {
      const bytes = await head(key, openpgp.keyring_limit() + 1);
      about(key, () => verification.add_keys(bytes));
    }
    let at = 0;
    let told = performance.now();
    for await (const piece of pieces(image)) {
      verification.update(piece);
      at += piece.length;
      if (performance.now() - told >= PAUSE) {
        told = performance.now();
        yield at;
      }
    }
    yield verification.finish(name);
  },
};

await serve(init, operations, new URL("dryboot-wasm-openpgp_bg.wasm", import.meta.url));
