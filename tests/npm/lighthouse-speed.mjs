// Prints, as JSON, what Lighthouse makes of the speed of the page and of the launch form, from 0 to 100: on a desktop, and on
// the slow phone that it takes for the usual visitor.
import lighthouse, { desktopConfig } from "lighthouse";

import { Audited } from "./audited.mjs";

const audited = await Audited.start();
try {
  const scores = [];
  for (const path of Audited.PATHS) {
    for (const [device, config] of [["desktop", desktopConfig], ["phone", undefined]]) {
      const { lhr } = await lighthouse(audited.url + path, { port: audited.port, logLevel: "error", onlyCategories: ["performance"] }, config);
      scores.push({ path, device, score: Math.round(lhr.categories.performance.score * 100) });
    }
  }
  console.log(JSON.stringify(scores, null, 2));
} finally {
  await audited.close();
}
