// The view of the first boot: what the program does to the machine, step by step. It follows the text when typing pauses.
import { inEnglish } from "../language.js";
import { element, icon, sentence } from "../prose.js";

/** How long the text must have stayed the same before its boot is previewed, in milliseconds. */
const PAUSE_MS = 400;

const noted = (state) => state === "failed" || state === "not-reached";

export class Story {
  body = element("section", "story");
  #title = element("p", "story-title");
  #list = element("ol", "");
  #note = element("p", "story-note");
  #preview;
  #t;
  #hasModules = false;
  #timer;
  #round = 0;

  /** `preview` promises what `dryboot preview --output-format json` prints about the present text, `t` gives texts of the interface. */
  constructor(preview, t) {
    this.#preview = preview;
    this.#t = t;
    this.body.setAttribute("part", "boot");
    this.body.append(this.#title, this.#note, this.#list);
    this.body.hidden = true;
  }

  /** The text has been checked, or the view is not to be shown. */
  follow(isShown) {
    clearTimeout(this.#timer);
    const round = ++this.#round;
    this.body.ariaLabel = this.#title.textContent = this.#t("First boot");
    this.body.hidden = !isShown;
    if (isShown) {
      this.#timer = setTimeout(() => this.#tell(round), PAUSE_MS);
    }
  }

  end() {
    clearTimeout(this.#timer);
    this.#round += 1;
  }

  async #tell(round) {
    const t = this.#t;
    let steps = [];
    let note = "";
    try {
      const { stages, exit_code: code, distribution } = await this.#preview();
      // Of cloud-init, a step is what a module does.
      this.#hasModules = distribution !== undefined;
      steps = stages.flatMap(({ steps }) => steps).filter(({ state, effects }) => effects.length > 0 || noted(state));
      note = code === 0 ? "" : code === 2 && this.#hasModules ? t("The boot is degraded.") : t("The boot fails.");
    } catch ({ message }) {
      note = t(message);
    }
    if (round === this.#round) {
      this.#list.replaceChildren(...steps.map((step) => drawn(t, step, this.#hasModules)));
      this.#note.replaceChildren(...(note ? sentence(note) : []));
    }
  }
}

function drawn(t, { who, what, why, state }, hasModules) {
  const words = [inEnglish(element("span", "", ...sentence(hasModules ? `\`${who}\` ${what}` : what)))];
  if (noted(state)) {
    words.unshift(icon("error"));
    const reason = why ? [": ", inEnglish(element("span", "", ...sentence(why)))] : [];
    words.push(element("span", "why", state === "failed" ? t("fails") : t("is not reached"), ...reason));
  }
  return element("li", state, ...words);
}
