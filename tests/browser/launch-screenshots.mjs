// Takes pictures of the launch form with the element in it: `launch-screenshots.mjs FOLDER`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { launch } from "./harness.mjs";
import { Site } from "./host.mjs";

const [, , folder] = process.argv;

const PICTURES = {
  light: { colorScheme: "light", viewport: { width: 1000, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1000, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 360, height: 780 } },
};

const TEXT = "#cloud-config\nhostnme: web-1\npackages:\n  - nginx\nusers:\n  - name: deploy\n    groups: sudo\n";

const browser = await launch("--font-render-hinting=none");
const site = await Site.start({}, { "/npm/": fileURLToPath(new URL("../../npm", import.meta.url)) });
try {
  for (const [name, look] of Object.entries(PICTURES)) {
    const page = await browser.newPage({ ...look, reducedMotion: "reduce" });
    await page.goto(`${site.url}/npm/examples/launch/`);
    await page.locator("dryboot-editor .plain").click();
    await page.locator("dryboot-editor .cm-content").waitFor();
    await page.evaluate((text) => (document.querySelector("dryboot-editor").value = text), TEXT);
    await page.evaluate(() => document.querySelector("dryboot-editor").lint());
    await page.locator("dryboot-editor .cm-lintRange").first().waitFor();
    const picture = await page.screenshot();
    writeFileSync(join(folder, `${name}.png`), picture);
    console.log(`${name}.png: ${Math.round(picture.length / 1000)} KB`);
  }
} finally {
  await browser.close();
  site.close();
}
