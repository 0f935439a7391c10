// Prints, as JSON, every file that a page gets for the element with a text in it: `before` those until its first report,
// `after` the others, when somebody has come to type. Sizes as in `transfer.mjs`.
import { measured } from "./compressed.mjs";
import { launch } from "./harness.mjs";
import { page as html, Site, STRICT } from "./host.mjs";

/** Runs in the page: notes when the first report is there, on the clock that requests are timed with. */
function noteFirstReport() {
  addEventListener("dryboot-report", () => (globalThis.firstReportAt ??= performance.timeOrigin + performance.now()));
}

const BODY = '<dryboot-editor aria-label="User-data" value="#cloud-config&#10;hostnme: web&#10;"></dryboot-editor>';
const site = await Site.start({ "/": [html(BODY), STRICT] });
const browser = await launch();
try {
  const page = await browser.newPage();
  const requests = [];
  page.on("requestfinished", (request) => requests.push(request));
  await page.addInitScript(noteFirstReport);
  await page.goto(`${site.url}/`);
  await page.waitForFunction(() => globalThis.firstReportAt);
  await page.locator("dryboot-editor .plain").click();
  await page.locator("dryboot-editor .cm-content").waitFor();
  await page.waitForLoadState("networkidle");
  const firstReportAt = await page.evaluate(() => globalThis.firstReportAt);
  const files = requests.filter((request) => request.url().includes("/dryboot/"));
  const urls = (wanted) => [...new Set(files.filter(wanted).map((request) => request.url()))];
  const before = urls((request) => request.timing().startTime < firstReportAt);
  const after = urls((request) => !before.includes(request.url()));
  const program = "<dryboot-editor> with cloud-init";
  console.log(JSON.stringify([{ program, before: await measured(before, site.url), after: await measured(after, site.url) }], null, 2));
} finally {
  await browser.close();
  site.close();
}
