// The forms in which a text can be taken elsewhere.
import { encode } from "./widget/encode.js";

/** A delimiter of a heredoc that is no line of the text. */
function delimiterFor(text) {
  let delimiter = "EOT";
  while (text.split("\n").some((line) => line.trim() === delimiter)) {
    delimiter += "T";
  }
  return delimiter;
}

/** As an argument of a POSIX shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function terraform(text) {
  const literal = text.replace(/[$%]\{/g, (mark) => mark[0] + mark);
  const delimiter = delimiterFor(literal);
  return `user_data = <<${delimiter}\n${literal}${literal.endsWith("\n") ? "" : "\n"}${delimiter}\n`;
}

/** Each form with its name, as a function that promises it. `bytes` is what a provider counts of it. */
export const COPIES = [
  { title: /* t */ "Plain text", make: (text) => encode("plain", text) },
  { title: /* t */ "Base64", make: (text) => encode("base64", text) },
  { title: /* t */ "gzip, then base64", make: (text) => encode("gzip-base64", text).later() },
  { title: /* t */ "AWS command line", make: (text) => ({ ...encode("plain", text), value: `--user-data ${quoted(text)}` }) },
  { title: /* t */ "Terraform", make: (text) => ({ ...encode("plain", text), value: terraform(text) }) },
  {
    title: /* t */ "HTML with the editor in it",
    make: (text) => {
      const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      const value = `<script type="module" src="dryboot-editor.js"></script>\n<dryboot-editor>\n  <textarea name="user_data">\n${escaped}</textarea>\n</dryboot-editor>\n`;
      return { ...encode("plain", text), value };
    },
  },
];
