// What every browser test shares: the browser, and where the page is. `cargo xtask test` sets both variables.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

function setting(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run the browser tests with \`cargo xtask test --only browser\``);
  }
  return value;
}

/** The address of the page, without a slash at its end. */
export function baseUrl() {
  return setting("BASE_URL").replace(/\/+$/, "");
}

/** Starts Chromium. Close the browser when the tests are done, or node does not end. */
export function launch(...more) {
  return chromium.launch({
    executablePath: setting("CHROMIUM"),
    args: [
      "--headless",
      // Its sandbox does not start for root, which is what containers run as. Only our own page is opened.
      "--no-sandbox",
      "--disable-gpu",
      // It must be quiet: a test may assert that the page makes no request.
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Waits until a change of the colour scheme or the size is drawn: colours on their way between two have no contrast. */
async function comesToRest(page) {
  await page.evaluate(async () => {
    const inside = (root) => [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot ? [shadowRoot, ...inside(shadowRoot)] : []));
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const running = [document, ...inside(document)].flatMap((root) => root.getAnimations());
    const ending = running.filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}

/**
 * What axe finds wrong with the page as it is now, the size of targets included: one line per element, `rule: selector (advice)`; empty if nothing.
 * The page's security policy does not stop it, since it comes in as the debugger and not as a script element.
 */
export async function accessibilityProblems(page) {
  await comesToRest(page);
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ rules: { "target-size": { enabled: true } } }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")} (${help})`));
}
