// YAML for the eye: colours and indentation. It goes line by line, and so costs a fraction of a
// millisecond for each keystroke where a full grammar takes several. What is right and what is
// wrong in a text the linter says, not this.
import { indentService, indentUnit, StreamLanguage } from "@codemirror/language";

const HEADER = /^#(cloud-config\s*$|!)/;
const COMMENT = /^#.*/;
const DOCUMENT = /^(---|\.\.\.)(?=\s|$)/;
const DASH = /^-(?=\s|$)/;
const KEY = /^(?:"[^"]*"|'[^']*'|[^\s#'"{}[\],&*!|>%@`:][^#'"{}[\],]*?)(?=\s*:(?:\s|$))/;
const BLOCK = /^[|>][-+\d]*(?=\s*(?:#|$))/;
const NODE = /^[&*!][^\s,[\]{}]*/;
const CONSTANT = /^(?:true|false|yes|no|on|off|null|~|[-+]?\d[\d_]*(?:\.\d+)?)(?=\s*(?:[,\]}#]|$))/i;
const PLAIN = /^[^\s,[\]{}]+/;

const parser = {
  name: "yaml",
  // `block`: the column that the lines of a block scalar exceed; -1 outside of one.
  // `column`: where the last key or dash stands. `quote`: the quote that is open.
  startState: () => ({ block: -1, column: 0, quote: "" }),
  token(stream, state) {
    if (stream.sol()) {
      if (state.block >= 0 && stream.indentation() > state.block) {
        stream.skipToEnd();
        return "string";
      }
      state.block = -1;
      if (!state.quote && stream.match(HEADER)) {
        stream.skipToEnd();
        return "meta";
      }
    }
    if (state.quote) {
      return quoted(stream, state);
    }
    if (stream.eatSpace()) {
      return null;
    }
    const apart = stream.sol() || /\s/.test(stream.string[stream.pos - 1]);
    if (apart && stream.match(COMMENT)) {
      return "comment";
    }
    if (stream.sol() && stream.match(DOCUMENT)) {
      return "meta";
    }
    if (stream.match(DASH)) {
      state.column = stream.column();
      return "punctuation";
    }
    if (stream.match(KEY)) {
      state.column = stream.column();
      return "propertyName";
    }
    return value(stream, state);
  },
  languageData: { commentTokens: { line: "#" } },
};

function value(stream, state) {
  if (stream.match(BLOCK)) {
    state.block = state.column;
    return "punctuation";
  }
  if (stream.match(/^["']/)) {
    state.quote = stream.current();
    return quoted(stream, state);
  }
  if (stream.match(NODE)) {
    return "meta";
  }
  if (stream.match(CONSTANT)) {
    return "atom";
  }
  if (stream.match(/^(?:[,[\]{}]|:(?=\s|$))/)) {
    return "punctuation";
  }
  if (!stream.match(PLAIN)) {
    stream.next();
  }
  return null;
}

function quoted(stream, state) {
  const end = state.quote === '"' ? /^(?:[^"\\]|\\.)*"/ : /^(?:[^']|'')*'/;
  if (stream.match(end)) {
    state.quote = "";
  } else {
    stream.skipToEnd();
  }
  return "string";
}

/** As deep as the line before: under its key in a list, deeper where that line opens something. */
const indentation = indentService.of((context, position) => {
  const { text } = context.lineAt(position, -1);
  const [lead] = text.match(/^\s*(?:- +)?/);
  const opens = /(?:^|\s|:)(?:[|>][-+\d]*|[^#]*:)\s*$/.test(text) && !text.trim().startsWith("#");
  return lead.length + (opens ? context.state.facet(indentUnit).length : 0);
});

export const yaml = [StreamLanguage.define(parser), indentation];
