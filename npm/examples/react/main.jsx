// React 19 sets properties and listens to events of custom elements by itself.
import "dryboot/dryboot-editor.js";
import { useState } from "react";
import { createRoot } from "react-dom/client";

function Launch() {
  const [text, setText] = useState("#cloud-config\n");
  const [errors, setErrors] = useState(0);
  return (
    <form>
      <dryboot-editor
        name="user_data"
        block="error"
        aria-label="User-data"
        value={text}
        oninput={({ target }) => setText(target.value)}
        ondryboot-report={({ detail }) => setErrors(detail.errors)}
      />
      <output>{`${text.length} characters, ${errors} errors`}</output>
      <button type="button" onClick={() => setText("#cloud-config\nhostname: web\n")}>Example</button>
    </form>
  );
}

createRoot(document.getElementById("app")).render(<Launch />);
