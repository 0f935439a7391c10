// The element `<dryboot-editor>`, to be defined under a name of the host's choice.
import { DrybootEditor } from "../../web/js/widget/element.js";

export { DrybootEditor };

/** Defines the element, unless its name is taken, and returns what stands behind the name. Does nothing on a server. */
export function define(name = "dryboot-editor") {
  const { customElements } = globalThis;
  if (customElements && !customElements.get(name)) {
    customElements.define(name, class extends DrybootEditor {});
  }
  return customElements?.get(name);
}
