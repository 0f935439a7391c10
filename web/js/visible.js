// Makes characters visible that would move, hide or turn the text around them. `web/src/visible.rs` does the same for
// the app, and `tests/browser/spoofing.test.mjs` compares the two.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A text of one line with each such character written as `\u{202e}`. */
export function visible(text) {
  return text.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}
