// Opens the page and waits for its first lint result. `cargo xtask test --only first-page` says which page.

import { baseUrl, launch } from "./harness.mjs";

/** How long the page may take, in milliseconds: as quickly built, on a slow machine. */
const PATIENCE = 60_000;

const browser = await launch();
try {
  const page = await browser.newPage({ serviceWorkers: "block" });
  await page.goto(`${baseUrl()}/`, { timeout: PATIENCE });
  await page.locator("html[data-first-lint]").waitFor({ state: "attached", timeout: PATIENCE });
  // It is the example's, which has something to say.
  await page.locator(".problem").first().waitFor({ timeout: PATIENCE });
} finally {
  await browser.close();
}
