// What CodeMirror writes into the page and says to screen readers, by its own words.

/** The phrases in the language of `t`. */
export const phrases = (t) => ({
  Find: t("Find"),
  Replace: t("Replace"),
  next: t("next"),
  previous: t("previous"),
  all: t("all"),
  "match case": t("match case"),
  regexp: t("regexp"),
  "by word": t("by word"),
  replace: t("replace"),
  "replace all": t("replace all"),
  close: t("close"),
  "current match": t("current match"),
  "on line": t("on line"),
  "replaced match on line $": t("replaced match on line $"),
  "replaced $ matches": t("replaced $ matches"),
  "Go to line": t("Go to line"),
  go: t("go"),
  Completions: t("Completions"),
  Diagnostics: t("Diagnostics"),
  "No diagnostics": t("No diagnostics"),
  "Control character": t("Control character"),
  "Selection deleted": t("Selection deleted"),
});
