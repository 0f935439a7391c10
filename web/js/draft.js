// Keeps the user's texts over a reload, in the session of the tab and nowhere else. A text that holds a secret is not
// kept: the page says so while there is time, and the browser asks before such a text is lost.
import { onLanguage, t } from "./page-language.js";
import { element } from "./prose.js";

const KEY = "draft";

/** Where it is kept for the next time, too, if the user wants that. */
const LASTING = "lasting-draft";

/** The slot of the text in the editor. */
export const USER_DATA = "user-data";

/** The slot of what templates are filled with. */
export const INSTANCE_DATA = "instance-data";

/**
 * What a slot is called, and the target that its text is judged for: an empty one leaves it to the text. Platforms have
 * theirs, each after the names of the program and the platform.
 */
const SLOTS = {
  [USER_DATA]: { title: /* t */ "The user-data", target: "" },
  [INSTANCE_DATA]: { title: /* t */ "The instance data", target: "cloud-init" },
  metadata: { title: /* t */ "The metadata" },
  oem: { title: /* t */ "The OEM config" },
  "vendor-data": { title: /* t */ "The vendor-data" },
};

/** What is known about a name: the text of a platform is judged for its program. */
function slotOf(name) {
  const [slot, , program = "coreos"] = name.split("/").reverse();
  return { target: program, ...SLOTS[slot] };
}

/** How long nothing must change before a text is judged and kept. */
const PAUSE_MS = 300;

/** Browsers give a page about five million characters. */
const LONGEST = 2_000_000;

/** Why a text is not kept. */
const REASONS = {
  secret: /* t */ "{title} contains a secret, so it is not kept when you reload the page.",
  unjudged: /* t */ "{title} cannot be checked for secrets, so it is not kept when you reload the page.",
  "too-long": /* t */ "{title} is too long, so it is not kept when you reload the page.",
  unstorable: /* t */ "{title} cannot be stored by this browser, so it is not kept when you reload the page.",
};

export class Draft {
  /**
   * By name — that of a slot, or a platform and what of it, as in `coreos/ec2/metadata` — the text, whether it may be kept, and
   * the last one that may: nobody has judged the newest yet while somebody types.
   */
  #slots = new Map();
  #choices = {};
  /** Texts that can be had again: examples, and files of the user's. */
  #known = new Set();
  #timer;
  #note;
  /** What is said of texts that were lost, until there is a new one: functions that give a sentence each. */
  #losses = [];
  #judge = async () => undefined;

  /** `note` is where it speaks, `example` the text that the page begins with. */
  constructor(note, example) {
    this.#note = note;
    this.#known.add(example);
    onLanguage(() => this.#say());
    addEventListener("pagehide", () => this.#keep());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#keep());
  }

  /** What there was before a reload: `{texts, choices}`; undefined when nothing was kept. */
  restore() {
    const draft = read();
    if (!draft) {
      return undefined;
    }
    this.#choices = draft.choices ?? {};
    for (const [name, text] of Object.entries(draft.texts ?? {})) {
      this.#slots.set(name, { text, state: "kept", safe: text });
    }
    this.#losses = (draft.lost ?? []).map((name) => () => t("{title} was not kept when the page was reloaded, because it may have contained a secret.", { title: t(slotOf(name).title) }));
    this.#say();
    return draft;
  }

  /**
   * Sets the function that promises whether a text for a target holds a secret, and undefined when nobody can say. An
   * empty target leaves it to the text.
   */
  set judge(judge) {
    this.#judge = judge;
    for (const [name, { text, state }] of this.#slots) {
      if (state !== "kept") {
        this.put(name, text);
      }
    }
  }

  /** The text of a slot; undefined when there is no own one. */
  text(name) {
    return this.#slots.get(name)?.text;
  }

  /** Notes a text; none when there is no own one any more. */
  put(name, text) {
    if (text !== undefined && !this.#known.has(text)) {
      this.#losses = [];
    }
    const before = this.#slots.get(name);
    if (before?.text === text && (!before || before.state === "kept")) {
      return;
    }
    if (text === undefined) {
      this.#slots.delete(name);
    } else {
      this.#slots.set(name, { text, state: text.length > LONGEST ? "too-long" : "new", safe: before?.safe });
    }
    this.#askBeforeLoss();
    this.#settleSoon();
  }

  /** Notes a choice of the header. */
  choose(name, value) {
    this.#choices[name] = value;
    this.#settleSoon();
  }

  /** Notes that a text is lost to nobody: it is in a file, or it is an example. */
  known(text) {
    this.#known.add(text);
  }

  /** Promises whether the text in the editor holds a secret; undefined when nobody can say. */
  holdsSecret() {
    return this.#judge(this.text(USER_DATA) ?? "", "");
  }

  /** Whether the texts are kept beyond the session of the tab. */
  get isLasting() {
    return stored(LASTING) !== null;
  }

  set isLasting(isLasting) {
    try {
      isLasting ? localStorage.setItem(LASTING, "{}") : localStorage.removeItem(LASTING);
    } catch {
      // Storage is forbidden.
    }
    this.#keep();
  }

  /** Says something about a text until there is a new one: `sentence` gives it. */
  tell(sentence) {
    this.#losses.push(sentence);
    this.#say();
  }

  #settleSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), PAUSE_MS);
  }

  async #settle() {
    for (const [name, slot] of this.#slots) {
      if (slot.state === "new") {
        const holdsSecret = await this.#judge(slot.text, slotOf(name).target);
        slot.state = holdsSecret === undefined ? "unjudged" : holdsSecret ? "secret" : "kept";
        slot.safe = slot.state === "kept" ? slot.text : undefined;
      }
    }
    this.#keep();
    this.#askBeforeLoss();
    this.#say();
  }

  /** Has the browser ask before it leaves the page, as long as there is something to lose. */
  #askBeforeLoss() {
    const change = this.#atRisk().length > 0 ? addEventListener : removeEventListener;
    change("beforeunload", ask);
  }

  /** Names of the texts that a reload would lose. */
  #atRisk() {
    return [...this.#slots].filter(([, { text, state }]) => state !== "kept" && !this.#known.has(text)).map(([name]) => name);
  }

  #keep() {
    const kept = [...this.#slots].filter(([, { safe }]) => safe !== undefined);
    const texts = Object.fromEntries(kept.map(([name, { safe }]) => [name, safe]));
    const draft = JSON.stringify({ texts, choices: this.#choices, lost: this.#atRisk() });
    try {
      sessionStorage.setItem(KEY, draft);
      if (this.isLasting) {
        localStorage.setItem(LASTING, draft);
      }
    } catch {
      // Storage is forbidden or full.
      kept.forEach(([, slot]) => Object.assign(slot, { state: "unstorable", safe: undefined }));
    }
  }

  #say() {
    const notKept = [...this.#slots]
      .filter(([, { text, state }]) => state in REASONS && !this.#known.has(text))
      .map(([name, { state }]) => t(REASONS[state], { title: t(slotOf(name).title) }));
    const lost = this.#losses.map((sentence) => sentence());
    this.#note.replaceChildren(...[...lost, ...notKept].map((sentence) => element("span", "", sentence)));
  }
}

function ask(event) {
  event.preventDefault();
}

function read() {
  try {
    const { texts, choices, lost } = JSON.parse(sessionStorage.getItem(KEY) ?? stored(LASTING)) ?? {};
    return texts && { texts, choices, lost };
  } catch {
    // Storage is forbidden, or somebody else's.
    return undefined;
  }
}

/** What the browser keeps by a name; null when it keeps nothing, or must not. */
function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
