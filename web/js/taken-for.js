// The line above the editor: what the text is treated as, and which program it is for.
import { inEnglish } from "./language.js";
import { t } from "./page-language.js";
import { fileOf, isEmpty } from "./problems.js";
import { element, line } from "./prose.js";
import { chosenTarget, titleOf } from "./target.js";
import { visible } from "./visible.js";

const COMPRESSIONS = { gzip: "gzip", "broken-gzip": /* t */ "damaged gzip", "bad-gzip": /* t */ "damaged gzip" };
const KINDS = { unknown: /* t */ "not recognised" };

/** Draws the line for what a linter answers; without an answer, and for an empty text, there is none. */
export function drawTakenFor(answer) {
  const parts = answer && !isEmpty(answer) ? said(answer) : [];
  document.getElementById("taken-for").replaceChildren(...parts);
}

function said(answer) {
  const { kind, target, target_reason: reason = "" } = fileOf(answer);
  const { program, compression } = answer;
  const words = [COMPRESSIONS[compression], KINDS[kind] ?? kind].filter(Boolean).map((word) => t(word));
  const why = chosenTarget() || !reason ? [visible(program)] : [element("strong", "", titleOf(target)), ": ", inEnglish(element("span", "", ...line(reason)))];
  return [...words.map((word) => element("span", "kind", word)), element("span", "reason", `${t("for")} `, ...why)];
}
