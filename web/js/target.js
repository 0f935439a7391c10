// The choices of the header: the program with its version, and the platform. The document has what there is to choose.

const programs = document.getElementById("target");
const releases = document.getElementById("release");
const platforms = [...document.querySelectorAll("select[data-program]")];

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

/** Those that know a platform. */
const knowing = (name) => platforms.filter(({ options }) => [...options].some(({ value }) => value === name));

/** Chooses a platform by its name, with every program that knows it. */
export function choosePlatform(name) {
  for (const select of knowing(name)) {
    select.value = name;
  }
}

/** Chooses target and platform. The program decides when the text does: the last one, or the only one that knows the platform. */
export function restoreChoices({ target, platform, program }) {
  chooseTarget(target);
  choosePlatform(platform);
  const [only, ...others] = knowing(platform);
  showChoicesFor(chosenTarget() || program || (others.length === 0 && only?.dataset.program) || "");
}

/** The name of the platform that is chosen for the program of the target, or for the one whose platforms can be seen. */
export function chosenPlatform() {
  const target = chosenTarget();
  const isOfProgram = ({ dataset, parentElement }) => (target ? dataset.program === programOf(target) : !parentElement.hidden);
  return platforms.find(isOfProgram)?.value ?? "";
}

/** Calls `changed` when another platform is chosen. */
export function onPlatform(changed, options) {
  platforms.forEach((select) => select.addEventListener("change", changed, options));
}

/** Tells whoever listens that other platforms may have been chosen. */
export const announcePlatforms = () => platforms.forEach((select) => select.dispatchEvent(new Event("change", { bubbles: true })));

/** The program of a target, as the name of its module; without a target, the one to begin with. */
export const programOf = (target) => radioOf(target).dataset.program;

/** The name of a target for people. */
export const titleOf = (target) => radioOf(target).nextElementSibling.textContent;

/** Shows what else there is to choose for the program of a target: a version, and a platform. */
export function showChoicesFor(target) {
  const { dataset } = radioOf(target);
  releases.parentElement.hidden = !("versions" in dataset);
  for (const select of platforms) {
    select.parentElement.hidden = select.dataset.program !== dataset.program;
  }
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
