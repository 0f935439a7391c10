// Takes a picture of the page with its first example: `screenshot.mjs FILE.png`.

import { writeFileSync } from "node:fs";
import { baseUrl, launch } from "./harness.mjs";

const [, , file] = process.argv;
const browser = await launch("--font-render-hinting=none");
try {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.goto(`${baseUrl()}/`);
  await page.locator(".cm-lintRange").first().waitFor();
  await page.waitForFunction(() => !document.querySelector(".partial"));
  const picture = await page.screenshot();
  writeFileSync(file, picture);
  console.log(`${file}: ${Math.round(picture.length / 1000)} KB`);
} finally {
  await browser.close();
}
