// Draws what a linter answers: the Problems view and its tab. The first paint draws with it, and then the app does: it
// hosts the same elements, and has more for them to do.
import { look, placeOf, problem } from "./problem.js";
import { element, icon, line, sentence } from "./prose.js";

const NOUNS = { error: "error", warning: "warning", info: "note" };

/** More problems than anybody reads; drawing thousands would only make typing slow. */
const SHOWN = 200;

/** The one file that an answer is about. */
export const fileOf = ({ report }) => report.files[0];

/** Whether there is nothing in the text. */
export const isEmpty = (answer) => fileOf(answer).not_checked?.reason === "empty";

/** What an empty text is an invitation to. */
const BEGIN = "Paste a cloud-config, drop a file, or start from an example.";

/** The Problems view. */
export class Problems {
  body;
  #actions;
  #leave;
  #begin;
  /** The problems that are shown: `{key, element, buttons, moved, isActive, isCurrent}`. */
  #items = [];
  #list = element("ol", "problem-list");
  #current;

  /**
   * Draws into `body`; `actions` as for `problem`. `leave` moves the focus to where it goes when what had it is gone, and
   * `begin` says how to begin.
   */
  constructor(body, actions, { leave, begin = BEGIN }) {
    this.body = body;
    this.#actions = actions;
    this.#leave = leave;
    this.#begin = begin;
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
    const hadFocus = this.body.matches(":focus-within");
    const parts = answer ? this.#said(answer, isLate) : [reason ? unchecked(reason) : element("p", "loading", "Loading the linter…")];
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
    const { program, not_checked: notChecked, partial, suppressed = [] } = answer;
    const { diagnostics } = fileOf(answer);
    const parts = isLate ? [late()] : [];
    this.#fill(diagnostics.slice(0, SHOWN));
    if (diagnostics.length > 0) {
      parts.push(...(notChecked ? [unjudged(notChecked)] : []), this.#list);
      if (diagnostics.length > SHOWN) {
        parts.push(element("p", "more", `and ${diagnostics.length - SHOWN} more`));
      }
    } else if (!partial) {
      parts.push(notChecked ? (isEmpty(answer) ? invitation(this.#begin) : unchecked(notChecked)) : calm(program));
    }
    if (partial) {
      parts.push(further());
    }
    if (suppressed.length > 0) {
      const isOpen = this.body.querySelector(".suppressed")?.open ?? false;
      parts.push(silenced(suppressed, isOpen));
    }
    return parts;
  }

  /** Makes the list one of these problems. What looks as before stays, with its focus. */
  #fill(diagnostics) {
    const focused = this.#items.findIndex(({ element }) => element.matches(":focus-within"));
    const known = new Map(this.#items.map((item) => [item.key, item]));
    this.#items = diagnostics.map((found) => {
      const key = look(found);
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
    const { parts, moved } = problem(found, this.#actions);
    const made = element("li", `problem ${found.severity}`, ...parts);
    return { key, element: made, buttons: [...made.querySelectorAll("button")], moved };
  }
}

/** Shows in `host` how many problems there are. The arguments are those of `show`. */
export function drawCounts(host, answer, isLate, reason) {
  host.replaceChildren(...counts(answer, isLate, reason));
}

function counts(answer, isLate, reason) {
  if (!answer) {
    return reason ? [badge("unchecked", "skipped", "not checked")] : [];
  }
  if (isLate) {
    return [badge("unchecked", "enabled", "still checking")];
  }
  const badges = numbers(answer).map(([severity, count, noun]) => badge(severity, severity, noun, String(count)));
  if (answer.partial) {
    badges.push(badge("unchecked", "enabled", "still checking"));
  }
  if (answer.not_checked) {
    badges.push(badge("unchecked", "skipped", "not checked"));
  }
  return badges.length > 0 ? badges : [badge("fine", "check", "none")];
}

function badge(className, shape, words, ...number) {
  return element("span", className, icon(shape), ...number, element("span", "noun", words));
}

/** How many findings of each severity there are, with the noun for them. */
function numbers({ report: { summary } }) {
  return Object.entries(NOUNS)
    .map(([severity, noun]) => [severity, summary[`${severity}s`], noun])
    .filter(([, count]) => count > 0)
    .map(([severity, count, noun]) => [severity, count, count === 1 ? noun : `${noun}s`]);
}

/** An answer in a few words: "2 errors, 1 warning". */
export function summary(answer) {
  const found = numbers(answer).map(([, count, noun]) => `${count} ${noun}`);
  if (answer.not_checked) {
    return found.length > 0 ? `${found.join(", ")}, not checked` : "Not checked";
  }
  return found.length > 0 ? found.join(", ") : "No problems";
}

function late() {
  return element("p", "late", icon("enabled"), "Still checking. This is for an earlier version of the text.");
}

function unjudged(reason) {
  const words = element("span", "", element("strong", "", "Not checked: "), ...line(reason), ".");
  return element("p", "unjudged", icon("skipped"), words);
}

/** That there may be more, where only a part of the rules has been checked. */
function further() {
  const awaited = element("span", "awaited", "Checking more rules…");
  return element("p", "partial", awaited, element("span", "missing", "Some rules could not be loaded, so they are not checked."));
}

/** The good news, about a text that was judged as a whole. */
function calm(program) {
  return plate("calm", "check", "Nothing to complain about.", `${program} will accept this config.`);
}

/** That nothing was checked, and why. Never to be mistaken for the good news. */
function unchecked(reason) {
  return plate("calm not-checked", "skipped", "Not checked", ...sentence(reason), ".");
}

/** What to begin with. */
function invitation(begin) {
  return plate("calm not-checked", "file", "Nothing here yet.", begin);
}

function plate(className, shape, title, ...words) {
  const mark = element("span", "calm-mark", icon(shape));
  return element("div", className, mark, element("p", "calm-title", title), element("p", "", ...words));
}

function silenced(suppressed, isOpen) {
  const item = ({ span, message }) =>
    element("li", "", element("span", "place", placeOf(span)), element("span", "", ...line(message)));
  const list = element("ul", "", ...suppressed.slice(0, SHOWN).map(item));
  const details = element("details", "suppressed", element("summary", "", `${suppressed.length} suppressed by comments`), list);
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
