// Lit. Angular's template is the same in its own words: [value]="text" (input)="text = $any($event.target).value".
import "dryboot/dryboot-editor.js";
import { html, LitElement } from "lit";

class LaunchForm extends LitElement {
  static properties = { text: { state: true }, errors: { state: true } };

  constructor() {
    super();
    this.text = "#cloud-config\n";
    this.errors = 0;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<form>
      <dryboot-editor
        name="user_data"
        block="error"
        aria-label="User-data"
        .value=${this.text}
        @input=${({ target }) => (this.text = target.value)}
        @dryboot-report=${({ detail }) => (this.errors = detail.errors)}
      ></dryboot-editor>
      <output>${this.text.length} characters, ${this.errors} errors</output>
      <button type="button" @click=${() => (this.text = "#cloud-config\nhostname: web\n")}>Example</button>
    </form>`;
  }
}

customElements.define("launch-form", LaunchForm);
document.getElementById("app").append(document.createElement("launch-form"));
