// Starts the page: first the linter alone, which is what people wait for; once its first report is
// shown, the app, which takes everything over. The names of the files stand in the document, where
// the build put them.
import { Draft, USER_DATA } from "./draft.js";
import { catchDrops } from "./drops.js";
import { FirstLint } from "./first.js";
import { Linter, Modules } from "./linter.js";
import { language, onLanguage, spoken, t } from "./page-language.js";
import { Problems, summary } from "./problems.js";
import { element } from "./prose.js";
import { drawTakenFor } from "./taken-for.js";
import { chosenView, drawTally, leave } from "./view.js";
import { announcePlatforms, choosePlatform, chooseTarget, chosenPlatform, chosenTarget, programOf, restoreChoices } from "./target.js";

/** What the browser notes beside an address whose text has been taken. */
const TAKEN = "taken";

/** How long the app waits for a linter that neither answers nor fails. */
const PATIENCE_MS = 10_000;

const { content: app, dataset } = document.querySelector('meta[name="dryboot-app"]');
const { content: assets, dataset: { serviceWorker } } = document.querySelector('meta[name="dryboot-assets"]');
const file = (name) => new URL(name, document.baseURI).href;
const asset = (name) => file(assets + name);
const worker = (name) => new Worker(asset(`${name}-worker.js`), { type: "module", name });

const area = document.querySelector("textarea.plain");
let composing = false;
area.addEventListener("compositionstart", () => (composing = true));
area.addEventListener("compositionend", () => (composing = false));

const draft = new Draft(document.getElementById("kept"), area.defaultValue);
const restored = draft.restore();
restore(restored ?? {});


/** What was dropped before there was anybody to open it. */
const dropped = [];
let open = (...drop) => dropped.push(drop);
catchDrops((...drop) => open(...drop));

/** The view that a link asks for, until there is one to open. */
let view;
const tab = () => document.getElementById(`view-tab-${view}`);
const tabs = [...document.querySelectorAll(".view [role=tab]")].map(({ id }) => id);

/** Opens it as soon as the app has drawn its tab. */
function openView() {
  const click = (_, observer) => {
    if (tab()?.disabled === false) {
      observer.disconnect();
      tab().click();
    }
  };
  if (tabs.includes(`view-tab-${view}`)) {
    const observer = new MutationObserver(click);
    observer.observe(document.getElementById("findings"), { childList: true, subtree: true, attributeFilter: ["disabled"] });
    click([], observer);
  }
}

// A text in the address. An own text stays until there is the app, with which the change can be undone; after a reload, it is
// what has become of the link's.
const hasOwn = restored?.texts?.[USER_DATA] !== undefined;
const linked = hasOwn && history.state === TAKEN ? undefined : await takeLink();
if (hasOwn) {
  follow(linked);
} else if (linked) {
  draft.put(USER_DATA, linked.text);
  restore({ texts: { [USER_DATA]: linked.text }, choices: linked });
  ({ view } = linked);
}
addEventListener("hashchange", async () => {
  follow(await takeLink());
  openView();
});

const menu = document.getElementById("file");
menu.addEventListener("beforetoggle", async ({ newState }) => {
  if (newState === "open") {
    const { right, bottom } = menu.previousElementSibling.getBoundingClientRect();
    menu.style.inset = `${bottom + 4}px ${Math.max(innerWidth - right, 8)}px auto auto`;
    const { fill } = await import(asset("file.js"));
    const choices = () => ({ target: chosenTarget(), platform: chosenPlatform(), view: chosenView() });
    fill(menu, { text: () => draft.text(USER_DATA) ?? area.value, choices, open: (...drop) => open(...drop), draft, t });
  }
});

/** What lints. The program that the last text was for comes first. */
const modules = new Modules({
  spawn: worker,
  first: programOf(chosenTarget() || restored?.choices?.program || ""),
  programOf,
  note: (program) => draft.choose("program", program),
  noteMissing: (isMissing) => document.documentElement.toggleAttribute("data-incomplete", isMissing),
});
const linter = () => new Linter(modules);

let first;
await new Promise((settled) => {
  first = new FirstLint(linter, settled, draft);
  setTimeout(settled, PATIENCE_MS);
});
await spoken;
// Lets the browser paint the report.
await new Promise((painted) => setTimeout(painted));

/** What `web/src/host.rs` expects. */
const host = {
  /** The answer that is shown. */
  get answer() {
    return first.answer;
  },
  get behind() {
    return first.behind;
  },
  /** Whether the linter that is at work has its module. */
  get isLoaded() {
    return first.isLoaded && !first.failure;
  },
  draft,
  /** What was there before a reload. */
  restored,
  /** What draws answers. */
  drawing: {
    problems: (actions) => new Problems(element("div", "problem-body"), actions, { leave, language }),
    counts: () => element("span", "counts"),
    drawCounts: drawTally,
    drawTakenFor,
    summary: (answer) => summary(t, answer),
  },
  language,
  /** Sets what hears of another language. */
  set onLanguage(changed) {
    onLanguage(changed);
  },
  /** Sets what opens dropped files: a function of the files and whether they fell on the editor. */
  set onDrop(opener) {
    open = opener;
    dropped.splice(0).forEach((drop) => open(...drop));
  },
  /** A linter: at first the one that is at work. */
  linter: () => (first.released ? undefined : first.release()) ?? linter(),
  /** What previews boots. */
  previewer: () => worker("boot"),
  /** What verifies images. */
  verifier: () => worker("openpgp"),
  /** What lays out a graph of units. */
  layout: () => import(asset("layout.js")),
  /** The module of the rich editor, once it may take the place of the text area. */
  async editor() {
    const module = await import(asset("editor.js"));
    if (composing) {
      await new Promise((composed) => area.addEventListener("compositionend", composed, { once: true }));
    }
    return module;
  },
  /** The documentation of each rule. */
  docs: async () => (await fetch(asset("rules.json"))).json(),
};

/** The looks of what comes with the app. */
const looks = document.createElement("link");
looks.rel = "stylesheet";
looks.href = asset("app.css");
document.head.append(looks);

try {
  const wasm = fetch(file(dataset.wasm));
  const { default: init, start } = await import(file(app));
  await init({ module_or_path: wasm });
  start(host);
  openView();
} catch (error) {
  const words = document.createElement("p");
  words.append(t("The page could not start completely. It needs a browser from 2024 or later with WebAssembly; reloading may help."));
  document.getElementById("trouble").append(words);
  host.onDrop = openPlainly;
  throw error;
}

if (serviceWorker) {
  const { workOffline } = await import(asset("offline.js"));
  await workOffline(file(serviceWorker), document.getElementById("update"), { t, onLanguage });
}

/** The text in the page's address, if there is one. */
async function takeLink() {
  const { hash } = location;
  if (!hash.includes("=")) {
    return undefined;
  }
  const { carriesText, readLink } = await import(asset("link.js"));
  if (!carriesText(hash)) {
    return undefined;
  }
  history.replaceState(TAKEN, "");
  try {
    return await readLink(hash);
  } catch ({ message }) {
    draft.tell(() => t("The text was not opened: {reason}.", { reason: t(message) }));
    return undefined;
  }
}

/** Has what a link carries shown; the text that was there can be had back. */
function follow(link) {
  if (!link) {
    return;
  }
  if (link.text !== draft.text(USER_DATA)) {
    open([new File([link.text], t("the text of the link"))], true);
  }
  chooseTarget(link.target);
  choosePlatform(link.platform);
  announcePlatforms();
  ({ view } = link);
}

/** Puts the texts and the choices of a draft into the document. */
function restore({ texts = {}, choices = {} }) {
  area.value = texts[USER_DATA] ?? area.value;
  restoreChoices(choices);
}

/** Opens a file without the app. Typing it keeps the undo history of the text area. */
async function openPlainly([file]) {
  const text = await file.text();
  area.focus();
  area.select();
  document.execCommand("insertText", false, text);
}
