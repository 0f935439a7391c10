// The language of the interface. English stands where it is used. Every other language is a file in `web/languages` with all
// texts by the English ones, which is loaded when somebody speaks it.

/** The languages that there are. */
export const LANGUAGES = ["en", "de"];

/** The first language of a list, as in `["fr-CH", "de-CH"]`, that there is; English when there is none. */
export const firstKnown = (tags) => tags.map((tag) => tag.toLowerCase().split("-")[0]).find((name) => LANGUAGES.includes(name)) ?? "en";

export class Language {
  name = "en";
  /** Texts by the English ones; none for English. */
  words = {};
  #wanted = "en";
  #load;

  /** `load(name)` promises the texts of a language. */
  constructor(load) {
    this.#load = load;
  }

  /**
   * A text in this language, with values in the place of their names in braces. Of a text in two forms, parted by `|`, the
   * number `n` decides: one, or many.
   */
  t = (english, values = {}) => {
    const forms = (this.words[english] ?? english).split("|");
    const isMany = forms.length > 1 && new Intl.PluralRules(this.name).select(values.n) !== "one";
    return forms[Number(isMany)].replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString(this.name));
  };

  /** Promises whether this is another language from now on. One that cannot be loaded changes nothing. */
  async speak(name) {
    this.#wanted = name;
    const words = name === "en" ? {} : await this.#load(name).catch(() => undefined);
    const isNew = words !== undefined && this.#wanted === name && this.name !== name;
    if (isNew) {
      Object.assign(this, { name, words });
    }
    return isNew;
  }
}

/** What the linter and the programs say is English in every language. */
export function inEnglish(element) {
  element.lang = "en";
  return element;
}
