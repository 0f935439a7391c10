// The choices of the header: the program with its version, and the platform. The document has what there is to choose.

const programs = document.getElementById("target");
const releases = document.getElementById("release");
const platforms = document.getElementById("platform");

const radio = (value) => [...programs.querySelectorAll("input")].find((input) => input.value === value);

/** The radio button that stands for a target: versions and distributions have one together. */
const radioOf = (target) => radio(target) ?? programs.querySelector("[data-versions]");

/** The name of the target that is chosen; empty when the text decides. */
export function chosenTarget() {
  const chosen = programs.querySelector(":checked");
  return "versions" in chosen.dataset ? releases.value : chosen.value;
}

/** Chooses a target by its name, if there is one of that name. */
export function chooseTarget(name) {
  if ([...releases.options].some(({ value }) => value === name)) {
    releases.value = name;
    radioOf(name).click();
  } else {
    radio(name)?.click();
  }
}

export function choosePlatform(name) {
  if ([...platforms.options].some(({ value }) => value === name)) {
    platforms.value = name;
  }
}

/** The program of a target, as the name of its module; without a target, the one to begin with. */
export const programOf = (target) => radioOf(target).dataset.program;

/** The name of a target for people. */
export const titleOf = (target) => radioOf(target).nextElementSibling.textContent;

/** Shows what else there is to choose for the program of a target: a version, or a platform. */
export function showChoicesFor(target) {
  const { dataset } = radioOf(target);
  releases.parentElement.hidden = !("versions" in dataset);
  platforms.parentElement.hidden = "versions" in dataset;
}

/** Calls `changed` when another target is chosen. One who chooses a version wants its program. */
export function onTarget(changed, options) {
  programs.addEventListener("change", changed, options);
  releases.addEventListener(
    "change",
    () => {
      radioOf(releases.value).checked = true;
      changed();
    },
    options,
  );
}
