// What a provider writes around the element: the image decides who reads the user-data, and the review shows the boot.

const form = document.querySelector("form");
const editor = document.querySelector("dryboot-editor");
const [describe, review] = ["describe", "review"].map((id) => document.getElementById(id));
const { image } = form.elements;

const chosenImage = () => image.selectedOptions[0];

image.addEventListener("change", () => (editor.target = chosenImage().dataset.target));

/** Shows one of the two steps. */
function show(step) {
  describe.hidden = step !== describe;
  review.hidden = step !== review;
  step.querySelector("h2").focus();
}

function entry(tag, ...words) {
  const made = document.createElement(tag);
  made.append(...words);
  return made;
}

/** What the machine does, as far as it can be told in advance. */
async function story() {
  if (editor.value === "") {
    return ["The server boots without user-data."];
  }
  if ("boot" in chosenImage().dataset) {
    const { stages } = await editor.preview();
    const done = stages.flatMap(({ steps }) => steps).filter(({ state, effects }) => state === "done" && effects.length > 0);
    return done.map(({ what }) => `${what[0].toUpperCase()}${what.slice(1)}.`);
  }
  const { summary } = await editor.lint();
  const count = summary.warnings + summary.infos;
  return [`The image accepts the user-data${count > 0 ? `, with ${count} remark${count === 1 ? "" : "s"}` : ""}.`];
}

document.getElementById("to-review").addEventListener("click", async () => {
  await editor.lint().catch(() => {});
  if (!form.reportValidity()) {
    return;
  }
  const chosen = [...form.querySelectorAll("select")].flatMap((select) => [
    entry("dt", select.labels[0].firstChild.textContent.trim()),
    entry("dd", select.selectedOptions[0].textContent),
  ]);
  document.getElementById("choices").replaceChildren(...chosen);
  const steps = await story().catch(({ message }) => [`The boot cannot be previewed: ${message}`]);
  document.getElementById("boot").replaceChildren(...steps.map((step) => entry("li", step)));
  show(review);
});

document.getElementById("to-describe").addEventListener("click", () => show(describe));
