// Prints, as JSON, how long the page and the element take from their start until they show their first lint result, in
// milliseconds: `cold` with nothing kept, `warm` when they are opened again. Medians.
import { baseUrl, launch } from "./harness.mjs";
import { page as html, Site, STRICT } from "./host.mjs";

const ROUNDS = 9;

/** Runs in the page: notes when the first lint result is there, since the page's start. */
function noteFirstLint() {
  const note = () => (globalThis.firstLintAt ??= performance.now());
  addEventListener("dryboot-report", note);
  const observer = new MutationObserver(() => {
    if ("firstLint" in (document.documentElement?.dataset ?? {})) {
      note();
      observer.disconnect();
    }
  });
  observer.observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-first-lint"] });
}

async function firstLint(page, url) {
  await page.goto(url);
  await page.waitForFunction(() => globalThis.firstLintAt);
  return page.evaluate(() => globalThis.firstLintAt);
}

const median = (numbers) => Math.round(numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]);

const BODY = '<dryboot-editor aria-label="User-data" value="#cloud-config&#10;hostnme: web&#10;"></dryboot-editor>';
const site = await Site.start({ "/": [html(BODY), STRICT] });
const browser = await launch();
try {
  const measured = [];
  for (const [what, url] of [["the page", `${baseUrl()}/`], ["<dryboot-editor>", `${site.url}/`]]) {
    const [cold, warm] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const context = await browser.newContext({ serviceWorkers: "block" });
      await context.addInitScript(noteFirstLint);
      const page = await context.newPage();
      cold.push(await firstLint(page, url));
      // What comes behind the first result is not to slow the second visit down.
      await page.waitForLoadState("networkidle");
      await page.goto("about:blank");
      warm.push(await firstLint(page, url));
      await context.close();
    }
    measured.push({ what, cold: median(cold), warm: median(warm) });
  }
  console.log(JSON.stringify(measured, null, 2));
} finally {
  await browser.close();
  site.close();
}
