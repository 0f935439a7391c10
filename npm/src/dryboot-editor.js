// Defines `<dryboot-editor>`: one script tag is all that a page needs.
import { define } from "./editor.js";

define();
