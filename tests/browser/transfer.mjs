// Prints, as JSON, for a text of each program every file that the page transfers: `before` those that it asks for until
// it has shown its first lint result, `after` the others. Sizes are as they are and compressed. The browser tells which files these are; a
// static host would compress them as done here.

import { measured } from "./compressed.mjs";
import { baseUrl, launch } from "./harness.mjs";

/** How long the page may take, in milliseconds: far more than it should on a slow machine. */
const PATIENCE = 30_000;

/** What the page begins with, by program: as a visitor sees it first, and as it is after a reload. */
const DRAFTS = {
  "cloud-init": undefined,
  coreos: { texts: { "user-data": "#cloud-config\ncoreos:\n  units: web\n" }, choices: { program: "coreos" } },
};

/** Runs in the page: puts there what was kept before a reload. */
function keep(draft) {
  if (draft) {
    sessionStorage.setItem("draft", JSON.stringify(draft));
  }
}

/** Runs in the page: notes when the first lint result is there, on the clock that requests are timed with. */
function noteFirstLint() {
  const observer = new MutationObserver(() => {
    if ("firstLint" in (document.documentElement?.dataset ?? {})) {
      globalThis.firstLintAt = performance.timeOrigin + performance.now();
      observer.disconnect();
    }
  });
  observer.observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-first-lint"] });
}

/** The addresses of the page's files before and after its first lint result, in the order of their requests. */
async function filesOfPage(browser, base, draft) {
  // A service worker would ask for everything at once, after the page has what it needs.
  const page = await browser.newPage({ serviceWorkers: "block" });
  const requests = [];
  const trouble = [];
  page.on("requestfinished", (request) => requests.push(request));
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`${message.text()} [${message.location().url}]`);
  });
  page.on("pageerror", (error) => trouble.push(String(error)));
  await page.addInitScript(keep, draft);
  await page.addInitScript(noteFirstLint);
  await page.goto(`${base}/`);
  try {
    await page.waitForFunction(() => globalThis.firstLintAt, null, { timeout: PATIENCE });
    await page.locator(".cm-content").waitFor({ timeout: PATIENCE });
    await page.waitForLoadState("networkidle");
  } catch (cause) {
    const seen = trouble.length > 0 ? `; the page says: ${trouble.join("; ")}` : "";
    throw new Error(`no lint result and no editor within ${PATIENCE / 1000} s${seen}`, { cause });
  }
  const firstLintAt = await page.evaluate(() => globalThis.firstLintAt);
  const files = requests.filter((request) => request.url().startsWith("http"));
  files.sort((a, b) => a.timing().startTime - b.timing().startTime);
  const urls = (wanted) => [...new Set(files.filter(wanted).map((request) => request.url()))];
  const before = urls((request) => request.timing().startTime < firstLintAt);
  await page.close();
  return { before, after: urls((request) => !before.includes(request.url())) };
}

const base = baseUrl();
const browser = await launch();
try {
  const programs = [];
  for (const [program, draft] of Object.entries(DRAFTS)) {
    const { before, after } = await filesOfPage(browser, base, draft);
    programs.push({ program, before: await measured(before, base), after: await measured(after, base) });
  }
  console.log(JSON.stringify(programs, null, 2));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
