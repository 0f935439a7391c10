// The editor's looks. All colours are the page's custom properties, so dark and light need no code.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--syntax-key)" },
  { tag: tags.string, color: "var(--syntax-string)" },
  { tag: tags.comment, color: "var(--syntax-comment)" },
  { tag: [tags.meta, tags.atom], color: "var(--syntax-meta)" },
  { tag: tags.punctuation, color: "var(--syntax-punctuation)" },
]);

const mark = (colour) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy ${colour} 1px`,
  textDecorationSkipInk: "none",
  textUnderlineOffset: "4px",
  paddingBottom: "0",
});

const shape = (colour, clipPath, borderRadius = "0") => ({
  content: "none",
  display: "block",
  width: "9px",
  height: "9px",
  margin: "0 auto",
  backgroundColor: colour,
  clipPath,
  borderRadius,
});

export const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--text)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "var(--code-size)", lineHeight: "var(--code-line)" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-cursor, .cm-dropCursor": { borderLeft: "2px solid var(--accent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selection)",
  },
  ".cm-activeLine": { backgroundColor: "var(--active-line)" },
  ".cm-selectionMatch": { backgroundColor: "var(--match)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--match)", outline: "1px solid var(--border-strong)" },
  ".cm-specialChar": { color: "var(--error)" },

  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--text-faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 6px 0 12px", minWidth: "var(--line-numbers)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--active-line)", color: "var(--text)" },
  ".cm-gutter-lint": { width: "18px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0", display: "flex", alignItems: "center" },
  ".cm-lint-marker": { width: "100%", height: "auto" },
  ".cm-lint-marker-error": shape("var(--error)", "none", "50%"),
  ".cm-lint-marker-warning": shape("var(--warning)", "polygon(50% 0, 100% 100%, 0 100%)"),
  ".cm-lint-marker-info": shape("var(--info)", "none", "2px"),

  ".cm-lintRange-error": mark("var(--error)"),
  ".cm-lintRange-warning": mark("var(--warning)"),
  ".cm-lintRange-info": mark("var(--info)"),
  ".cm-lintRange-active": { backgroundColor: "var(--match)" },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--error)" },
  ".cm-lintPoint-warning::after": { borderBottomColor: "var(--warning)" },
  ".cm-lintPoint-info::after": { borderBottomColor: "var(--info)" },

  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--border-strong)",
    borderRadius: "8px",
    boxShadow: "var(--shadow)",
    fontFamily: "var(--sans)",
    fontSize: "13px",
    lineHeight: "1.5",
  },
  ".tip": { maxWidth: "min(440px, 80vw)", overflow: "hidden", borderRadius: "7px" },
  ".tip:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".tip > div": { padding: "10px 14px" },
  ".tip > div + div": { borderTop: "1px solid var(--border)" },
  ".tip p": { margin: "0" },
  ".tip p + p": { marginTop: "6px" },
  // Shapes stand in the document, out of reach; the border says how bad it is.
  ".tip .icon": { display: "none" },
  ".tip-title": { fontWeight: "600" },
  ".tip-problem": { borderLeft: "3px solid var(--info)" },
  ".tip-error": { borderLeftColor: "var(--error)" },
  ".tip-warning": { borderLeftColor: "var(--warning)" },
  ".tip-problem > .message ~ *": { marginTop: "6px" },
  ".tip-problem :is(.about, .help, .related)": { color: "var(--text-soft)" },
  ".tip-problem :is(.about, .fixes)": { display: "flex", flexWrap: "wrap", gap: "4px 12px", fontSize: "12px" },
  ".tip-problem .related": { display: "flex", gap: "8px", textAlign: "start" },
  ".tip-problem :is(.path, .place)": { fontFamily: "var(--mono)" },
  ".tip-problem .tentative": { fontStyle: "italic" },
  ".tip button": { font: "inherit", fontSize: "12px", minHeight: "24px", padding: "0", border: "0", background: "none", cursor: "pointer" },
  ".tip button.fix": { color: "var(--accent)", fontWeight: "600" },
  ".tip button.rule": { color: "var(--text-soft)", textDecoration: "underline", textUnderlineOffset: "2px" },
  ".tip button:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "2px", borderRadius: "2px" },
  "code": { fontFamily: "var(--mono)", fontSize: "0.92em" },

  ".cm-tooltip.cm-tooltip-autocomplete > ul": { borderRadius: "7px", fontFamily: "var(--mono)", fontSize: "12.5px", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 12px", lineHeight: "1.4" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontStyle: "normal", fontFamily: "var(--sans)", opacity: "0.8", marginLeft: "12px" },
  ".cm-completionInfo": { padding: "10px 14px", maxWidth: "320px" },
  ".cm-completionInfo p": { margin: "0" },
  ".cm-completionInfo p + p": { marginTop: "6px" },

  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--text)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--border)" },
  ".cm-panel.cm-search": { padding: "8px 32px 8px 12px", fontFamily: "var(--sans)", fontSize: "13px" },
  ".cm-panel.cm-search :is(input, button, label)": { fontSize: "13px", margin: "2px 8px 2px 0" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "5px", lineHeight: "26px" },
  ".cm-panel.cm-search input[type=checkbox]": { margin: "0", accentColor: "var(--accent)" },
  ".cm-panel.cm-search button[name=close]": { top: "8px", right: "10px", margin: "0", fontSize: "18px", color: "inherit" },
  ".cm-textfield, .cm-button": {
    height: "26px",
    padding: "0 9px",
    border: "1px solid var(--border-strong)",
    borderRadius: "6px",
    backgroundColor: "var(--surface)",
    backgroundImage: "none",
    color: "inherit",
  },
  ".cm-button:hover": { backgroundColor: "var(--hover)" },
  ".cm-button:active": { backgroundImage: "none" },
  ".cm-panel :focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-searchMatch": { backgroundColor: "var(--match)", outline: "1px solid var(--accent)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--selection)" },

  // Forced colours take backgrounds away, and these are nothing else.
  "@media (forced-colors: active)": {
    ".cm-lint-marker": { forcedColorAdjust: "none", backgroundColor: "CanvasText" },
    ".cm-selectionBackground": { forcedColorAdjust: "none", opacity: "0.5" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "Highlight" },
    ".cm-activeLine": { outline: "1px solid GrayText", outlineOffset: "-1px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
      forcedColorAdjust: "none",
      background: "Highlight",
      color: "HighlightText",
    },
  },
  "@media print": {
    "&": { height: "auto" },
  },
});
