// A text as it was given, behind the one that an editor shows. Editors know one line break alone; what was given keeps its
// own, except where somebody has typed.

const BREAKS = /\r\n?/g;

/** A text as editors show it. */
const shownOf = (raw) => raw.replace(BREAKS, "\n");

export class Source {
  raw;
  shown;

  constructor(raw) {
    this.raw = raw;
    this.shown = shownOf(raw);
  }

  /** Takes over what an editor shows now: outside of what differs, everything stays as it was given. */
  edit(shown) {
    if (!this.raw.includes("\r")) {
      this.raw = this.shown = shown;
      return;
    }
    const shorter = Math.min(shown.length, this.shown.length);
    let head = 0;
    while (head < shorter && shown[head] === this.shown[head]) {
      head += 1;
    }
    let tail = 0;
    while (tail < shorter - head && shown.at(-1 - tail) === this.shown.at(-1 - tail)) {
      tail += 1;
    }
    const typed = shown.slice(head, shown.length - tail).replaceAll("\n", usualBreak(this.raw));
    const [from, to] = [head, this.shown.length - tail].map((at) => rawOffset(this.raw, at));
    this.raw = this.raw.slice(0, from) + typed + this.raw.slice(to);
    this.shown = shown;
  }
}

/** The line break that most lines of a text have. */
function usualBreak(raw) {
  const counts = { "\r\n": 0, "\n": 0, "\r": 0 };
  for (const [found] of raw.matchAll(/\r\n|\n|\r/g)) {
    counts[found] += 1;
  }
  return Object.keys(counts).reduce((most, it) => (counts[it] > counts[most] ? it : most));
}

/** Where what is shown at an offset stands in the text as it was given. */
function rawOffset(raw, offset) {
  let at = offset;
  for (const { index } of raw.matchAll(/\r\n/g)) {
    if (index >= at) {
      break;
    }
    at += 1;
  }
  return at;
}
