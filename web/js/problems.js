// Draws what a linter answers: the Problems view and its tab. The first paint draws with it, and then the app does: it
// hosts the same elements, and has more for them to do.
import { inEnglish } from "./language.js";
import { look, placeOf, problem } from "./problem.js";
import { element, icon, line, sentence } from "./prose.js";

const NOUNS = { error: /* t */ "error|errors", warning: /* t */ "warning|warnings", info: /* t */ "note|notes" };

/** More problems than anybody reads; drawing thousands would only make typing slow. */
const SHOWN = 200;

/** The one file that an answer is about. */
export const fileOf = ({ report }) => report.files[0];

/** Whether there is nothing in the text. */
export const isEmpty = (answer) => fileOf(answer).not_checked?.reason === "empty";

/** What an empty text is an invitation to. */
const BEGIN = /* t */ "Paste a cloud-config, drop a file, or start from an example.";

/** The Problems view. */
export class Problems {
  body;
  #actions;
  #leave;
  #begin;
  #language;
  /** The problems that are shown: `{key, element, buttons, moved, isActive, isCurrent}`. */
  #items = [];
  #list = element("ol", "problem-list");
  #current;

  /**
   * Draws into `body`; `actions` as for `problem`. `leave` moves the focus to where it goes when what had it is gone,
   * `begin` says how to begin, and `language` is that of the interface.
   */
  constructor(body, actions, { leave, language, begin = BEGIN }) {
    this.body = body;
    this.#actions = actions;
    this.#leave = leave;
    this.#begin = begin;
    this.#language = language;
    this.#list.onkeydown = moveBetween;
    this.#list.addEventListener("focusin", ({ target }) => {
      this.#activate(this.#items.findIndex(({ element }) => element.contains(target)));
    });
  }

  /**
   * Shows an answer; `isLate` when it is about an older text. Without an answer: the reason why there is none, or that one
   * is awaited.
   */
  show(answer, isLate, reason) {
    const { t } = this.#language;
    const hadFocus = this.body.matches(":focus-within");
    const parts = answer ? this.#said(answer, isLate) : [reason ? unchecked(t, ...sentence(t(reason))) : element("p", "loading", t("Loading the linter…"))];
    arrange(this.body, parts);
    if (hadFocus && !this.body.matches(":focus-within")) {
      // What had it is gone, and there is nothing like it.
      this.#leave();
    }
    this.mark(this.#current);
  }

  /** Marks a problem by its index as the one that the cursor of the editor is in, and gives its element. */
  mark(current) {
    this.#current = current;
    const focused = this.#items.findIndex(({ element }) => element.matches(":focus-within"));
    this.#activate(focused >= 0 ? focused : current in this.#items ? current : 0);
    this.#items.forEach((item, at) => {
      if (item.isCurrent !== (at === current)) {
        item.isCurrent = at === current;
        item.element[item.isCurrent ? "setAttribute" : "removeAttribute"]("aria-current", "true");
      }
    });
    return this.#items[current]?.element;
  }

  /** Has the Tab key reach the buttons of one problem. */
  #activate(active) {
    this.#items.forEach((item, at) => {
      if (item.isActive !== (at === active)) {
        item.isActive = at === active;
        item.buttons.forEach((button) => (button.tabIndex = item.isActive ? 0 : -1));
      }
    });
  }

  #said(answer, isLate) {
    const { t } = this.#language;
    const { program, not_checked: notChecked, partial, suppressed = [] } = answer;
    const { diagnostics } = fileOf(answer);
    const parts = isLate ? [late(t)] : [];
    this.#fill(diagnostics.slice(0, SHOWN));
    if (diagnostics.length > 0) {
      parts.push(...(notChecked ? [unjudged(t, notChecked)] : []), this.#list);
      if (diagnostics.length > SHOWN) {
        parts.push(element("p", "more", t("and {count} more", { count: diagnostics.length - SHOWN })));
      }
    } else if (!partial) {
      parts.push(notChecked ? (isEmpty(answer) ? invitation(t, t(this.#begin)) : unchecked(t, inEnglish(element("span", "", ...sentence(notChecked))))) : calm(t, program));
    }
    if (partial) {
      parts.push(further(t));
    }
    if (suppressed.length > 0) {
      const isOpen = this.body.querySelector(".suppressed")?.open ?? false;
      parts.push(silenced(t, suppressed, isOpen));
    }
    return parts;
  }

  /** Makes the list one of these problems. What looks as before stays, with its focus. */
  #fill(diagnostics) {
    const focused = this.#items.findIndex(({ element }) => element.matches(":focus-within"));
    const known = new Map(this.#items.map((item) => [item.key, item]));
    this.#items = diagnostics.map((found) => {
      const key = this.#language.name + look(found);
      const item = known.get(key) ?? this.#draw(key, found);
      known.delete(key);
      item.moved(found);
      return item;
    });
    arrange(this.#list, this.#items.map(({ element }) => element));
    if (focused >= 0 && !this.#list.matches(":focus-within")) {
      this.#items[Math.min(focused, this.#items.length - 1)]?.element.querySelector(".problem-go").focus({ preventScroll: true });
    }
  }

  #draw(key, found) {
    const { parts, moved } = problem(found, this.#actions, this.#language.t);
    const made = element("li", `problem ${found.severity}`, ...parts);
    return { key, element: made, buttons: [...made.querySelectorAll("button")], moved };
  }
}

/** Shows in `host` how many problems there are. The arguments behind it are those of `show`. */
export function drawCounts(t, host, answer, isLate, reason) {
  host.replaceChildren(...counts(t, answer, isLate, reason));
}

function counts(t, answer, isLate, reason) {
  if (!answer) {
    return reason ? [badge("unchecked", "skipped", t("not checked"))] : [];
  }
  if (isLate) {
    return [badge("unchecked", "enabled", t("still checking"))];
  }
  const badges = numbers(t, answer).map(([severity, count, noun]) => badge(severity, severity, noun, String(count)));
  if (answer.partial) {
    badges.push(badge("unchecked", "enabled", t("still checking")));
  }
  if (answer.not_checked) {
    badges.push(badge("unchecked", "skipped", t("not checked")));
  }
  return badges.length > 0 ? badges : [badge("fine", "check", t("none"))];
}

function badge(className, shape, words, ...number) {
  return element("span", className, icon(shape), ...number, element("span", "noun", words));
}

/** How many findings of each severity there are, with the noun for them. */
function numbers(t, { report: { summary } }) {
  return Object.entries(NOUNS)
    .map(([severity, noun]) => [severity, summary[`${severity}s`], noun])
    .filter(([, count]) => count > 0)
    .map(([severity, count, noun]) => [severity, count, t(noun, { n: count })]);
}

/** An answer in a few words: "2 errors, 1 warning". */
export function summary(t, answer) {
  const found = numbers(t, answer).map(([, count, noun]) => `${count} ${noun}`);
  if (answer.not_checked) {
    return found.length > 0 ? [...found, t("not checked")].join(", ") : t("Not checked");
  }
  return found.length > 0 ? found.join(", ") : t("No problems");
}

function late(t) {
  return element("p", "late", icon("enabled"), t("Still checking. This is for an earlier version of the text."));
}

function unjudged(t, reason) {
  const words = element("span", "", element("strong", "", `${t("Not checked")}: `), inEnglish(element("span", "", ...line(reason))), ".");
  return element("p", "unjudged", icon("skipped"), words);
}

/** That there may be more, where only a part of the rules has been checked. */
function further(t) {
  const awaited = element("span", "awaited", t("Checking more rules…"));
  return element("p", "partial", awaited, element("span", "missing", t("Some rules could not be loaded, so they are not checked.")));
}

/** The good news, about a text that was judged as a whole. */
function calm(t, program) {
  return plate("calm", "check", t("Nothing to complain about."), t("{program} will accept this config.", { program }));
}

/** That nothing was checked, and why. Never to be mistaken for the good news. */
function unchecked(t, ...reason) {
  return plate("calm not-checked", "skipped", t("Not checked"), ...reason, ".");
}

/** What to begin with. */
function invitation(t, begin) {
  return plate("calm not-checked", "file", t("Nothing here yet."), begin);
}

function plate(className, shape, title, ...words) {
  const mark = element("span", "calm-mark", icon(shape));
  return element("div", className, mark, element("p", "calm-title", title), element("p", "", ...words));
}

function silenced(t, suppressed, isOpen) {
  const item = ({ span, message }) =>
    element("li", "", element("span", "place", placeOf(span)), inEnglish(element("span", "", ...line(message))));
  const list = element("ul", "", ...suppressed.slice(0, SHOWN).map(item));
  const details = element("details", "suppressed", element("summary", "", t("{count} suppressed by comments", { count: suppressed.length })), list);
  details.open = isOpen;
  return details;
}

/** Gives an element these children. Those that it has already stay, with their focus. */
function arrange(host, children) {
  const wanted = new Set(children);
  [...host.childNodes].filter((child) => !wanted.has(child)).forEach((child) => child.remove());
  children.forEach((child, at) => child === host.childNodes[at] || host.insertBefore(child, host.childNodes[at] ?? null));
}

/** Arrow keys, Home and End go from problem to problem. */
function moveBetween(event) {
  const buttons = [...event.currentTarget.querySelectorAll(".problem-go")];
  const at = buttons.findIndex((button) => button.parentNode.contains(event.target));
  const last = buttons.length - 1;
  const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
  if (at >= 0 && to !== undefined) {
    event.preventDefault();
    buttons[to].focus();
  }
}
