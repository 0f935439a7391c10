// The menu of the text: open, save, share, copy. It is loaded when somebody opens it.
import { COPIES } from "./copies.js";
import { LONGEST_LINK, linkTo } from "./link.js";
import { button, element } from "./prose.js";

const NAME = "user-data.yaml";

/** Draws the menu. `text` gives the text, `choices` what belongs to it, `open` opens files, and `draft` keeps texts. */
export function fill(menu, { text, choices, open, draft }) {
  const say = (...words) => status.replaceChildren(...words);
  const status = element("p", "menu-status");
  status.role = "status";
  const item = (title, act) => button("menu-item", () => act().catch((error) => say(`${error.message}.`)), title);
  const copy = async (value, words) => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      throw new Error("The browser does not allow the page to copy");
    }
    say(words);
  };

  async function share() {
    const link = new URL(await linkTo(text(), choices()), location.href).href;
    if (link.length > LONGEST_LINK) {
      throw new Error(`This text is too long for a link: it would have ${link.length.toLocaleString("en")} characters, and at most ${LONGEST_LINK.toLocaleString("en")} work everywhere`);
    }
    const done = () => copy(link, `The link is copied. It has ${link.length.toLocaleString("en")} characters.`);
    const holdsSecret = await draft.holdsSecret();
    if (holdsSecret === false) {
      await done();
      return;
    }
    const why = holdsSecret ? "This text contains a secret" : "This text could not be checked for secrets";
    const anyway = button("link", () => done().catch((error) => say(`${error.message}.`)), "Copy the link anyway");
    say(`${why}: everybody who gets the link can read it. `, anyway);
    anyway.focus();
  }

  const chosen = element("input", "");
  Object.assign(chosen, { type: "file", hidden: true, onchange: () => open([...chosen.files], true) || menu.hidePopover() });

  const lasting = element("input", "");
  Object.assign(lasting, { type: "checkbox", checked: draft.isLasting, onchange: () => (draft.isLasting = lasting.checked) });

  const copies = COPIES.map(({ title, make }) => {
    const size = element("span", "menu-size");
    Promise.resolve(make(text())).then(({ bytes }) => (size.textContent = `${bytes.toLocaleString("en")} bytes`));
    const made = item(title, async () => copy((await make(text())).value, `${title}: copied.`));
    made.append(size);
    return made;
  });

  menu.replaceChildren(
    item("Open a file…", async () => chosen.click()),
    item("Save as a file", () => save(text()).then((isSaved) => isSaved && draft.known(text()))),
    item("Copy a link to this text", share),
    element("p", "menu-title", "Copy as"),
    ...copies,
    element("label", "menu-item", lasting, "Keep my text in this browser"),
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
