// Dark or light. Runs before the first paint, so that the page does not flash in the wrong colours.
const THEMES = ["auto", "light", "dark"];
const { dataset } = document.documentElement;

function stored() {
  try {
    return localStorage.getItem("theme");
  } catch {
    // Storage is forbidden: it is as if empty.
    return null;
  }
}

function keep(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // The choice holds until the page is closed.
  }
}

dataset.theme = THEMES.includes(stored()) ? stored() : "auto";

document.addEventListener("DOMContentLoaded", () => {
  const themes = document.getElementById("themes");
  themes.querySelector(`[value=${dataset.theme}]`).checked = true;
  themes.onchange = ({ target }) => {
    dataset.theme = target.value;
    keep(dataset.theme);
  };
});
