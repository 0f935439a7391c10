// The element: a text in a form, checked as it is typed.
import { Language } from "../language.js";
import { summary } from "../problems.js";
import { element } from "../prose.js";
import { Adoption } from "./adoption.js";
import { Checker } from "./checker.js";
import { encode } from "./encode.js";
import { Field } from "./field.js";
import { loadLanguage, languageOf, watchLanguages } from "./speech.js";
import { dress, sprite } from "./looks.js";
import { fault as faultOf, OPTIONS, PROPERTIES, reflect } from "./options.js";
import { Source } from "./source.js";
import { Story } from "./story.js";
import { fault, stopping } from "./validity.js";
import { View } from "./view.js";

/** After this time without a verdict, a form is not stopped any more, in milliseconds. */
const PATIENCE_MS = 5000;

const NAME = /* t */ "User-data";

/** Where there are no elements, as on a server, there is nothing to be. */
const Base = globalThis.HTMLElement ?? class {};

export class DrybootEditor extends Base {
  static formAssociated = true;
  static observedAttributes = [...Object.keys(OPTIONS), "aria-label"];

  #language = new Language(loadLanguage);
  #internals = this.attachInternals?.();
  #checker = new Checker(() => this.#judged());
  #root = element("div", "root");
  #field;
  #view;
  #story = new Story(() => this.preview(), this.#language.t);
  #adoption;
  #source = new Source("");
  /** What the form gets: `{value, bytes, length}`. */
  #encoded = { value: "", bytes: 0, length: 0 };
  /** Whether the value is somebody's, and the attribute is none of its business any more. */
  #isDirty = false;
  #custom = "";
  #isDisabledByForm = false;
  #isUnsure = false;
  #patience;
  #settled = "";

  constructor() {
    super();
    const actions = {
      reveal: (start, end) => this.#checker.isLate || this.#field.reveal(start, end),
      apply: (edits) => this.#checker.isLate || this.#fix(edits),
    };
    this.#field = new Field({
      change: (shown) => this.#typed(shown),
      hover: (offset) => this.#checker.about("hover", this.#source.shown, this.target, offset),
      complete: (offset) => this.#checker.about("complete", this.#source.shown, this.target, offset),
      failed: (error) => this.#trouble("editor", error.message),
      actions,
      t: this.#language.t,
    });
    this.#view = new View(actions, () => this.focus(), this.#language);
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    dress(root);
    const slot = (name) => Object.assign(document.createElement("slot"), { name });
    const help = element("div", "help", slot("help"));
    const adopted = slot("");
    adopted.addEventListener("slotchange", () => this.#adopt());
    this.#root.append(sprite(), slot("label"), this.#field.frame, this.#view.body, this.#story.body, help, adopted);
    root.append(this.#root);
    // What goes on inside is told as the element's own.
    root.addEventListener("input", (event) => event.stopPropagation());
    root.addEventListener("change", (event) => event.stopPropagation());
    this.#field.frame.addEventListener("focusin", () => this.#arrive());
    this.#field.frame.addEventListener("focusout", () => this.#leave());
  }

  connectedCallback() {
    for (const name of PROPERTIES.filter((name) => Object.hasOwn(this, name))) {
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    watchLanguages(this, () => this.#speak());
    this.#field.arrive();
    this.#adopt();
    this.#nameField();
    this.#changed();
    this.#speak();
  }

  disconnectedCallback() {
    // One that only moves is connected again at once.
    queueMicrotask(() => {
      if (!this.isConnected) {
        watchLanguages(this);
        this.#field.simplify();
        this.#checker.close();
        this.#story.end();
        this.#adoption?.end();
        this.#adoption = undefined;
        clearTimeout(this.#patience);
      }
    });
  }

  attributeChangedCallback(name, before, value) {
    const wrong = name in OPTIONS && faultOf(name, value);
    if (wrong) {
      this.#trouble("option", wrong);
    }
    if (name === "value" && !this.#isDirty) {
      this.#show(this.defaultValue);
    }
    if (name === "for" && this.isConnected) {
      this.#adopt();
    }
    if (name === "lang" && this.isConnected) {
      this.#speak();
    }
    this.#field.area.placeholder = this.placeholder;
    this.#field.area.rows = this.rows ?? 12;
    this.#nameField();
    if (this.isConnected && before !== value) {
      this.#changed();
    }
  }

  formDisabledCallback(isDisabled) {
    this.#isDisabledByForm = isDisabled;
    this.#changed();
  }

  formResetCallback() {
    this.#isDirty = false;
    this.#show(this.defaultValue);
    this.#changed();
  }

  formStateRestoreCallback(state) {
    this.value = state;
  }

  /** The text, as it was given except for what has been typed. */
  get value() {
    return this.#source.raw;
  }

  set value(text) {
    this.#isDirty = true;
    const raw = String(text ?? "");
    if (raw !== this.#source.raw) {
      this.#show(raw);
      this.#settled = raw;
      this.#adoption?.write(raw);
      this.#changed();
    }
  }

  get type() {
    return this.localName;
  }

  get form() {
    return this.#internals?.form ?? null;
  }

  get labels() {
    return this.#internals?.labels ?? [];
  }

  get willValidate() {
    return this.#internals?.willValidate ?? false;
  }

  get validity() {
    return this.#internals?.validity;
  }

  get validationMessage() {
    return this.#internals?.validationMessage ?? "";
  }

  checkValidity() {
    return this.#internals?.checkValidity?.() ?? true;
  }

  reportValidity() {
    return this.#internals?.reportValidity?.() ?? true;
  }

  setCustomValidity(message) {
    this.#custom = String(message);
    this.#validate();
  }

  /** The report on the newest text; undefined as long as there is none. */
  get report() {
    return this.#checker.isLate ? undefined : this.#checker.answer?.report;
  }

  /** Promises the report on the text, by all rules. */
  async lint() {
    if (this.#checker.state === "none") {
      this.#check();
    }
    return (await this.#checker.whole).report;
  }

  /** Promises what a boot with the text does, as `dryboot preview --output-format json` prints it. */
  async preview(options = {}) {
    const platform = this.platform || undefined;
    return JSON.parse(await this.#checker.preview(this.value, this.target, JSON.stringify({ platform, ...options })));
  }

  /** Puts a text in the place of what is selected. */
  insertText(text) {
    this.#field.insert(String(text));
  }

  focus() {
    this.#field.focus();
  }

  /** Shows a text in the field. */
  #show(raw) {
    this.#source = new Source(raw);
    this.#field.show(this.#source.shown);
  }

  #typed(shown) {
    this.#isDirty = true;
    this.#source.edit(shown);
    this.#follow();
    // The editor may be in the middle of its own change, and whoever hears of this one may write into it.
    queueMicrotask(() => {
      this.#adoption?.write(this.#source.raw);
      this.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      this.#say("dryboot-change", { value: this.value });
    });
  }

  get #isDisabled() {
    return this.disabled || this.#isDisabledByForm;
  }

  /** Follows what the attributes have become, and the text. */
  #changed() {
    this.#field.frame.inert = this.#isDisabled;
    this.#field.area.disabled = this.#isDisabled;
    this.#field.isReadOnly = this.readOnly || this.#isDisabled;
    this.#view.isShown = this.views.includes("problems");
    this.#follow();
  }

  /** Follows what the text has become. */
  #follow() {
    this.#encode();
    this.#story.end();
    const isWorthIt = this.value !== "" || this.#checker.isOpen;
    if (this.isConnected && isWorthIt && !this.#isDisabled) {
      this.#check();
    }
    this.#validate();
  }

  #check() {
    const { target, platform, kind } = this;
    this.#checker.check({ raw: this.value, target, platform, kind });
    this.#isUnsure = false;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.#isUnsure = this.#checker.state === "pending";
      this.#validate();
    }, PATIENCE_MS);
    this.#view.wait(this.#checker);
  }

  #encode() {
    const text = this.value;
    const { later, ...now } = encode(this.encode, text);
    this.#submit(now);
    later?.().then((better) => {
      if (this.value === text) {
        this.#submit(better);
        this.#validate();
      }
    });
  }

  #submit(encoded) {
    this.#encoded = encoded;
    this.#internals?.setFormValue?.(encoded.value, this.value);
    this.#view.measure(encoded.bytes, this.maxBytes ?? this.maxLength);
  }

  /** The checker has heard something. */
  #judged() {
    const { state, answer, failure, isHopeless } = this.#checker;
    if (state === "failed") {
      this.#trouble(isHopeless ? "engine" : "check", failure);
    }
    this.#view.show(this.#checker);
    this.#validate();
    this.#story.follow(this.#hasStory);
    if (state === "done") {
      this.#field.mark(answer.report);
      const { errors, warnings, infos } = answer.report.summary;
      const { partial = false, program } = answer;
      const bytes = this.#encoded.bytes;
      this.#say("dryboot-report", { report: answer.report, errors, warnings, infos, partial, program, bytes, summary: summary(this.#language.t, answer) });
    }
  }

  #validate() {
    const { state, isLate, answer } = this.#checker;
    const isUnchecked = this.block !== "none" && this.value !== "" && state === "pending" && !this.#isUnsure;
    const stops = state === "done" && !isLate ? stopping(answer, this.block) : [];
    const found = fault({
      t: this.#language.t,
      custom: this.#custom,
      isRequired: this.required || (this.#adoption?.isRequired ?? false),
      limits: this,
      length: this.#encoded.length,
      bytes: this.#encoded.bytes,
      isUnchecked,
      stops,
    });
    this.#field.isInvalid = stops.length > 0;
    this.#internals?.setValidity?.(found ? { [found.flag]: true } : {}, found?.message, this.#field.frame);
    const area = this.#adoption?.area;
    if (area && area.form !== this.form) {
      area.setCustomValidity(found?.message ?? "");
    }
  }

  /** Stands in for a text area of the host's: the one that `for` names, or the one inside. */
  #adopt() {
    const id = this.htmlFor;
    const area = id ? this.getRootNode().getElementById?.(id) : this.querySelector(":scope > textarea");
    if (this.#adoption?.area === (area ?? undefined)) {
      return;
    }
    this.#adoption?.end();
    this.#adoption = undefined;
    if (area) {
      const take = (text) => {
        if (text !== this.#source.raw) {
          this.#show(text);
          this.#changed();
        }
      };
      this.#adoption = new Adoption(area, { take, focus: () => this.focus() });
      this.placeholder ||= area.placeholder;
      this.readOnly ||= area.readOnly;
      this.#isDirty = true;
      this.#nameField();
      take(area.value);
    } else if (id && document.readyState !== "loading") {
      this.#trouble("option", `there is no text area with the id \`${id}\``);
    } else if (id) {
      document.addEventListener("DOMContentLoaded", () => this.isConnected && this.#adopt(), { once: true });
    }
  }

  /** Somebody has come to type. */
  #arrive() {
    this.#checker.open();
    if (!this.#checker.isHopeless) {
      this.#field.enrich();
    }
  }

  #fix(edits) {
    this.#field.apply(edits);
    this.#leave();
  }

  /** Nobody types any more: what has changed since the last time has changed for good. */
  async #leave() {
    // Where the focus goes is not known yet, nor is the last change told.
    await undefined;
    if (!this.#field.frame.matches(":focus-within") && this.value !== this.#settled) {
      this.#settled = this.value;
      this.dispatchEvent(new Event("change", { bubbles: true }));
      this.#adoption?.settle();
    }
  }

  #nameField() {
    const own = [...this.labels].map((label) => label.textContent.trim()).join(" ");
    this.#field.relabel(this.getAttribute("aria-label") || own || this.#adoption?.label || this.#language.t(NAME));
  }

  /** Speaks the language that holds here. */
  async #speak() {
    const isNew = await this.#language.speak(languageOf(this));
    this.#root.lang = this.#language.name;
    if (isNew) {
      this.#nameField();
      this.#submit(this.#encoded);
      this.#view.show(this.#checker);
      this.#validate();
      this.#story.follow(this.#hasStory);
    }
  }

  /** Whether the boot of the present text is to be shown. */
  get #hasStory() {
    return this.#checker.state === "done" && this.value !== "" && this.views.includes("boot");
  }

  #trouble(reason, message) {
    this.#say("dryboot-error", { reason, message });
  }

  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}

reflect(DrybootEditor.prototype);
