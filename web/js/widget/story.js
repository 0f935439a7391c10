// The view of the first boot: what the program does to the machine, step by step. It follows the text when typing pauses.
import { element, icon, sentence } from "../prose.js";

/** How long the text must have stayed the same before its boot is previewed, in milliseconds. */
const PAUSE_MS = 400;

const noted = (state) => state === "failed" || state === "not-reached";

export class Story {
  body = element("section", "story");
  #list = element("ol", "");
  #note = element("p", "story-note");
  #preview;
  #hasModules = false;
  #timer;
  #round = 0;

  /** `preview` promises what `dryboot preview --output-format json` prints about the present text. */
  constructor(preview) {
    this.#preview = preview;
    this.body.ariaLabel = "First boot";
    this.body.setAttribute("part", "boot");
    this.body.append(element("p", "story-title", "First boot"), this.#note, this.#list);
    this.body.hidden = true;
  }

  /** The text has been checked, or the view is not to be shown. */
  follow(isShown) {
    clearTimeout(this.#timer);
    const round = ++this.#round;
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
    let steps = [];
    let note = "";
    try {
      const { stages, exit_code: code, distribution } = await this.#preview();
      // Of cloud-init, a step is what a module does.
      this.#hasModules = distribution !== undefined;
      steps = stages.flatMap(({ steps }) => steps).filter(({ state, effects }) => effects.length > 0 || noted(state));
      note = code === 0 ? "" : code === 2 && this.#hasModules ? "The boot is degraded." : "The boot fails.";
    } catch ({ message }) {
      note = message;
    }
    if (round === this.#round) {
      this.#list.replaceChildren(...steps.map((step) => drawn(step, this.#hasModules)));
      this.#note.replaceChildren(...(note ? sentence(note) : []));
    }
  }
}

function drawn({ who, what, why, state }, hasModules) {
  const words = [element("span", "", ...sentence(hasModules ? `\`${who}\` ${what}` : what))];
  if (noted(state)) {
    words.unshift(icon("error"));
    words.push(element("span", "why", state === "failed" ? "fails" : "is not reached", ...(why ? [": ", ...sentence(why)] : [])));
  }
  return element("li", state, ...words);
}
