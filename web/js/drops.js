// Files that are dropped on the page. Wherever they fall, the browser must not open them in the page's place: the text
// there would be gone.

/** Calls `take(files, onEditor)` for what is dropped, unless a part of the page has taken it. */
export function catchDrops(take) {
  const carriesFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
    }
  });
  document.addEventListener("drop", (event) => {
    const onEditor = event.target.closest?.("#editor") != null;
    // The rich editor refuses files, so that they come here.
    const isTaken = event.defaultPrevented && !onEditor;
    if (carriesFiles(event) && !isTaken) {
      event.preventDefault();
      take([...event.dataTransfer.files], onEditor);
    }
  });
}
