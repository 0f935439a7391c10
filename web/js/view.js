// The page's Problems view: where it is drawn beside its panel.
import { t } from "./page-language.js";
import { drawCounts } from "./problems.js";

/** Beside the choice of the pane, where there is room for one alone. */
const tally = document.querySelector(".tally");

/** Shows in `host`, beside the name of the view, and in the tally how many problems there are. */
export function drawTally(host, ...what) {
  [host, tally].forEach((it) => drawCounts(t, it, ...what));
}

const chosenTab = () => document.querySelector(".view [role=tab][aria-selected=true]");

/** The name of the view that is open. */
export const chosenView = () => chosenTab().id.replace("view-tab-", "");

/** Moves the focus to the tab of the view that is open. */
export const leave = () => chosenTab().focus();
