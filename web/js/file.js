// The menu of the text: open, save, share, copy. It is loaded when somebody opens it.
import { COPIES } from "./copies.js";
import { LONGEST_LINK, linkTo } from "./link.js";
import { button, element } from "./prose.js";

const NAME = "user-data.yaml";

/** Draws the menu. `t` gives texts of the interface, `text` gives the text, `choices` what belongs to it, `open` opens files, and `draft` keeps texts. */
export function fill(menu, { text, choices, open, draft, t }) {
  const say = (...words) => status.replaceChildren(...words);
  const status = element("p", "menu-status");
  status.role = "status";
  const item = (title, act) => button("menu-item", () => act().catch((error) => say(`${error.message}.`)), title);
  const copy = async (value, words) => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      throw new Error(t("The browser does not allow the page to copy"));
    }
    say(words);
  };

  async function share() {
    const link = new URL(await linkTo(text(), choices()), location.href).href;
    if (link.length > LONGEST_LINK) {
      throw new Error(t("This text is too long for a link: it would have {length} characters, and at most {longest} work everywhere", { length: link.length, longest: LONGEST_LINK }));
    }
    const done = () => copy(link, t("The link is copied. It has {length} characters.", { length: link.length }));
    const holdsSecret = await draft.holdsSecret();
    if (holdsSecret === false) {
      await done();
      return;
    }
    const why = holdsSecret
      ? t("This text contains a secret: everybody who gets the link can read it.")
      : t("This text could not be checked for secrets: everybody who gets the link can read it.");
    const anyway = button("link", () => done().catch((error) => say(`${error.message}.`)), t("Copy the link anyway"));
    say(why, " ", anyway);
    anyway.focus();
  }

  const chosen = element("input", "");
  Object.assign(chosen, { type: "file", hidden: true, onchange: () => open([...chosen.files], true) || menu.hidePopover() });

  const lasting = element("input", "");
  Object.assign(lasting, { type: "checkbox", checked: draft.isLasting, onchange: () => (draft.isLasting = lasting.checked) });

  const copies = COPIES.map(({ title, make }) => {
    const size = element("span", "menu-size");
    Promise.resolve(make(text())).then(({ bytes }) => (size.textContent = t("{n} byte|{n} bytes", { n: bytes })));
    const made = item(t(title), async () => copy((await make(text())).value, t("{title}: copied.", { title: t(title) })));
    made.append(size);
    return made;
  });

  menu.replaceChildren(
    item(t("Open a file…"), async () => chosen.click()),
    item(t("Save as a file"), () => save(text()).then((isSaved) => isSaved && draft.known(text()))),
    item(t("Copy a link to this text"), share),
    element("p", "menu-title", t("Copy as")),
    ...copies,
    element("label", "menu-item", lasting, t("Keep my text in this browser")),
    chosen,
    status,
  );
}

/** Promises whether the text is in a file now. */
async function save(text) {
  if (globalThis.showSaveFilePicker) {
    try {
      const handle = await showSaveFilePicker({ suggestedName: NAME });
      const writable = await handle.createWritable();
      await writable.write(text);
      await writable.close();
      return true;
    } catch (error) {
      if (error.name === "AbortError") {
        return false;
      }
    }
  }
  const link = element("a", "");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  link.download = NAME;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
