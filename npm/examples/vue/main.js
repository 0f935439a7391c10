// Vue 3. In a template: <dryboot-editor v-model="text" @dryboot-report="…">, with `isCustomElement` set for the compiler.
import "dryboot/dryboot-editor.js";
import { createApp, h, ref } from "vue";

const Launch = {
  setup() {
    const text = ref("#cloud-config\n");
    const errors = ref(0);
    return () =>
      h("form", [
        h("dryboot-editor", {
          name: "user_data",
          block: "error",
          "aria-label": "User-data",
          ".value": text.value,
          onInput: ({ target }) => (text.value = target.value),
          onDrybootReport: ({ detail }) => (errors.value = detail.errors),
        }),
        h("output", `${text.value.length} characters, ${errors.value} errors`),
        h("button", { type: "button", onClick: () => (text.value = "#cloud-config\nhostname: web\n") }, "Example"),
      ]);
  },
};

createApp(Launch).mount("#app");
