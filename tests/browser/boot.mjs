// The Boot view as the tests use it.
import { besideText, openBeside, pane, settles, write, writeBeside } from "./page.mjs";

/** Chooses CoreOS, whatever the text is for. */
export const chooseCoreos = (page) => page.getByRole("radio", { name: "CoreOS" }).check();

/** Shows the boot of CoreOS with a text on a platform, with metadata if some is given. */
export async function boot(page, text, platform, metadata) {
  await chooseCoreos(page);
  await pane(page, "Config");
  await write(page, text);
  await page.locator("#platform").selectOption(platform);
  await pane(page, "Results");
  await page.getByRole("tab", { name: "Boot" }).click();
  await page.locator(".verdict, .comparison").first().waitFor();
  if (metadata !== undefined) {
    await giveMetadata(page, metadata);
  }
}

/** Shows the boot of cloud-init with a text: with a version or distribution, and on a platform. */
export async function bootCloudInit(page, text, { target = "ubuntu-24.04", platform = "" } = {}) {
  await pane(page, "Config");
  await write(page, text);
  await page.locator("#release").selectOption(target);
  await page.locator("#cloud-init-platform").selectOption(platform);
  await pane(page, "Results");
  await page.getByRole("tab", { name: "Boot" }).click();
  await page.locator(".verdict, .comparison").first().waitFor();
}

/** Replaces the metadata of the platform that is chosen. */
export async function giveMetadata(page, metadata) {
  await openBeside(page, "Metadata");
  await writeBeside(page, typeof metadata === "string" ? metadata : JSON.stringify(metadata));
  await page.getByRole("tab", { name: "User-data" }).click();
  await pane(page, "Results");
}

/** Opens the OEM config of EC2, once that is there: it comes with the preview. */
export async function openOem(page) {
  await openBeside(page, "OEM config");
  await settles(async () => (await besideText(page)).includes("id: ami"), true);
}

/** Shows a part of the boot: Files, Units, … */
export async function part(page, name) {
  await page.getByRole("tablist", { name: "Boot" }).getByRole("tab", { name }).click();
}

/** What a variable becomes, in words. */
export async function variable(page, name) {
  const value = page.locator(".variable", { has: page.getByText(name, { exact: true }) }).locator("dd");
  if ((await value.count()) === 0) return undefined;
  // Behind an arrow stands a value, and beside it where that comes from.
  const behind = value.locator(".arrow + code");
  return ((await behind.count()) === 0 ? value : behind).innerText();
}

export const effects = (page) => page.locator(".effect");
export const effect = (page, words) => effects(page).filter({ hasText: words });

/** Waits until the machine is what it says. */
export const succeeds = (page) => settles(() => page.locator(".verdict-word").innerText(), "Succeeds with exit code 0");
