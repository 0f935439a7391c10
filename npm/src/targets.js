// Which program a target is. The build lists the targets that are not cloud-init's, as the modules name them.

/* global OTHER_TARGETS */

const OTHERS = OTHER_TARGETS;

/** Keys that make a text likely to be for CoreOS or Flatcar. The module that is asked has the last word. */
const LIKE_COREOS = /^coreos:/m;

/** The program of a target, as its module is called. */
export const programOf = (target) => OTHERS[target] ?? "cloud-init";

/** The program whose module is asked first about a text. */
export const firstFor = (text, target) => (!target && LIKE_COREOS.test(text) ? "coreos" : programOf(target));
