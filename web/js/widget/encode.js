// What a form submits of a text. gzip takes its time, and a form may be submitted at any moment, so that there are two
// answers: one at once, in gzip without compression, and then the small one. Both unpack to the same.

/** The most bytes of a block that is not compressed. */
const BLOCK = 0xffff;

const utf8 = new TextEncoder();

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc;
});

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

/** A gzip file in which the bytes stand as they are. */
function stored(bytes) {
  const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK));
  const file = new Uint8Array(18 + 5 * blocks + bytes.length);
  const view = new DataView(file.buffer);
  file.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  let at = 10;
  for (let block = 0; block < blocks; block += 1) {
    const part = bytes.subarray(block * BLOCK, (block + 1) * BLOCK);
    file[at] = Number(block === blocks - 1);
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    file.set(part, at + 5);
    at += 5 + part.length;
  }
  view.setUint32(at, crc32(bytes), true);
  view.setUint32(at + 4, bytes.length, true);
  return file;
}

async function compressed(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function base64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

/**
 * Each encoding, as functions of the text's bytes: what the user-data is at once and, where there is something better,
 * later; and how that is written.
 */
export const ENCODINGS = {
  plain: { write: (_, text) => text },
  base64: { write: base64 },
  "gzip-base64": { now: stored, later: compressed, write: base64 },
};

/**
 * `{value, bytes, length}` of a text: what to submit, how many bytes the machine gets, and how many it has itself. `later`
 * promises better, or is absent.
 */
export function encode(encoding, text) {
  const { now, later, write } = ENCODINGS[encoding];
  const plain = utf8.encode(text);
  const made = (bytes) => ({ value: write(bytes, text), bytes: bytes.length, length: plain.length });
  return {
    ...made(now?.(plain) ?? plain),
    later: later && globalThis.CompressionStream && (async () => made(await later(plain))),
  };
}
