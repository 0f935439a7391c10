// The boot of cloud-init: platforms and what they give, versions, later boots, what if something fails.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { bootCloudInit, effect, effects, giveMetadata, part } from "./boot.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { besideText, cursor, editor, open, openBeside, settles, write, writeBeside } from "./page.mjs";

const CONFIG = `#cloud-config
packages: [git, nano]
write_files:
  - path: /srv/note
    content: |
      hello
bootcmd:
  - echo again
runcmd:
  - echo once
`;

/** The parts of a boot of cloud-init. */
const PARTS = ["Stages", "Files", "Users", "Packages", "Commands", "Network", "Log"];

/** The name of the machine, as the part Network has it. */
const hostname = (page) => page.locator(".parts section", { hasText: "Host name" }).locator("code").innerText();

/** The rows of a table with this caption, as texts. */
const rows = (page, caption) => page.getByRole("table", { name: caption }).locator("tbody tr").allInnerTexts();

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the platform gives the machine its name and its keys", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG);
  assert.equal(await page.getByRole("tab", { name: "Metadata" }).count(), 0);
  await part(page, "Network");
  const alone = await hostname(page);
  await page.locator("#cloud-init-platform").selectOption("ec2");
  await settles(() => hostname(page), "ip-172-31-5-6");
  assert.notEqual(alone, "ip-172-31-5-6");
  await giveMetadata(page, { "instance-id": "i-1", "local-hostname": "web-1.example.org" });
  await settles(() => hostname(page), "web-1");
  await page.locator("#cloud-init-platform").selectOption("openstack");
  await settles(() => hostname(page), "server-1");
  await page.locator("#cloud-init-platform").selectOption("ec2");
  await settles(() => hostname(page), "web-1");
});

test("a degraded boot is neither good nor bad", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, "#cloud-config\ngroups: red, green\n");
  await settles(() => page.locator(".verdict-word").innerText().then((text) => text.split(":")[0]), "Degraded");
  assert.equal(await page.locator(".verdict.warned .icon-warning").count(), 1);
  assert.equal(await page.locator(".verdict.good, .verdict.bad").count(), 0);
});

test("the platforms of each program are its own", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG, { platform: "ec2" });
  const tabs = page.getByRole("tablist", { name: "Texts" }).getByRole("tab");
  await settles(() => tabs.allInnerTexts(), ["User-data", "Metadata", "Vendor-data"]);
  await page.getByRole("radio", { name: "Flatcar" }).check();
  await settles(() => tabs.allInnerTexts(), ["User-data"]);
  assert.equal(await page.locator("#cloud-init-platform").isVisible(), false);
  assert.equal(await page.locator("#platform").inputValue(), "");
  await page.getByRole("radio", { name: "cloud-init" }).check();
  await settles(() => tabs.allInnerTexts(), ["User-data", "Metadata", "Vendor-data"]);
});

test("metadata that cannot be read is an error with its place", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG, { platform: "ec2" });
  await openBeside(page, "Metadata");
  await writeBeside(page, "{\n  broken");
  await settles(() => page.locator(".verdict-word").innerText(), "The metadata cannot be read");
  await page.locator(".boot-head .troubles").getByRole("button", { name: "line 2, column 3" }).click();
  await settles(async () => (await cursor(page, "#other-panel")).line, 2);
});

test("what vendor-data does leads to its lines there", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG, { platform: "nocloud" });
  await openBeside(page, "Vendor-data");
  await writeBeside(page, "#cloud-config\nwrite_files:\n  - path: /vendor\n    content: x\nbotcmd: []\n");
  await page.getByRole("tab", { name: "User-data" }).click();
  await effect(page, "/vendor").locator(".go").click();
  await page.getByRole("textbox", { name: "Vendor-data" }).waitFor();
  await settles(async () => /path: \/vendor|content: x/.test((await cursor(page, "#other-panel")).selected), true);
  // It is checked as the user's text is.
  await page.getByRole("tab", { name: /^Problems/ }).click();
  await page.getByText("Problems of the vendor-data.").waitFor();
  await page.locator(".problem", { hasText: "botcmd" }).waitFor();
  assert.match(await besideText(page), /botcmd/);
});

test("a second boot shows what runs again, and a new instance runs it all", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG);
  await part(page, "Commands");
  const runs = async (words) => (await page.locator(".listed", { hasText: words }).count()) > 0;
  await settles(() => runs("scripts/runcmd"), true);
  await page.getByRole("radio", { name: "Second boot" }).check();
  await settles(() => runs("scripts/runcmd"), false);
  assert.equal(await runs("bootcmd"), true);
  await part(page, "Stages");
  assert.match(await page.locator(".stage h3").first().innerText(), /boot 2/i);
  const quiet = page.locator(".quiet-steps summary").first();
  assert.match(await quiet.innerText(), /skipped/);
  await page.getByRole("radio", { name: "New instance" }).check();
  await part(page, "Commands");
  await settles(() => runs("scripts/runcmd"), true);
});

test("the first and the second boot are compared", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG);
  await page.getByLabel("Compare with").selectOption({ label: "Second boot" });
  const heads = page.getByRole("table", { name: "Effects of the two boots" }).locator("th");
  await settles(() => heads.allInnerTexts(), ["First boot", "Second boot"]);
  const once = page.locator(".effects-table tr.differs", { hasText: "scripts/runcmd" }).last();
  assert.equal(await once.locator("td").nth(1).innerText(), "—\nnot done");
  await settles(async () => (await rows(page, "Packages of the two boots")).length, 2);
  await page.getByRole("button", { name: "Swap the boots" }).click();
  await settles(() => heads.allInnerTexts(), ["Second boot", "First boot"]);
  assert.equal(await page.getByRole("radio", { name: "Second boot" }).isChecked(), true);
});

test("one config on EC2 and with NoCloud", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG, { platform: "ec2" });
  await page.getByLabel("Compare with").selectOption("platform/nocloud");
  const name = page.locator(".facts tr", { hasText: "Host name" });
  await settles(async () => (await name.locator("td").allInnerTexts())[0], "ip-172-31-5-6");
  assert.match(await name.innerText(), /≠/);
  const key = page.getByRole("table", { name: "Users of the two boots" }).getByRole("row", { name: "ubuntu" });
  assert.match(await key.locator("td").first().innerText(), /key me@desk/);
  assert.deepEqual(await accessibilityProblems(page), []);
});

test("one config on Ubuntu, Debian 12 and Amazon Linux 2023", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG);
  const packages = () => rows(page, "Packages of the two boots");
  await page.getByLabel("Compare with").selectOption("target/amazon-2023");
  await settles(async () => (await packages()).every((row) => /apt-get[^]*dnf/.test(row)), true);
  assert.equal((await packages()).length, 2);
  const users = page.getByRole("table", { name: "Effects of the two boots" });
  await settles(async () => /ec2-user/.test(await users.innerText()), true);
  await page.getByLabel("Compare with").selectOption("target/debian-12");
  await settles(async () => /debian/.test(await users.innerText()), true);
  assert.deepEqual(await packages(), [], "both have apt");
  await page.getByRole("button", { name: "Swap the versions" }).click();
  await settles(() => page.locator("#release").inputValue(), "debian-12");
  await settles(async () => /Debian|debian|22\.4/.test(await users.locator("th").first().innerText()), true);
});

test("a written file leads to its lines in a template", async () => {
  const { page } = await open(browser);
  const template = `## template: jinja
#cloud-config
write_files:
  - path: /srv/zone
    content: in {{ v1.availability_zone }}
`;
  await bootCloudInit(page, template, { platform: "ec2" });
  await part(page, "Files");
  await page.getByRole("treeitem", { name: /zone/ }).click();
  await settles(async () => (await page.locator(".file .code-line").first().innerText()).trim(), "in us-east-1a");
  await page.getByRole("button", { name: "Show its lines" }).click();
  await settles(async () => (await cursor(page)).focused, true);
  const { line, selected } = await cursor(page);
  assert.ok(line === 4 || line === 5, `line ${line}`);
  assert.match(selected, /availability_zone/);
});

test("what has been typed is in the tabs, however soon one is opened", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG);
  const asked = () => page.evaluate(() => globalThis.asked.splice(0).map(({ without_machine: isLeftOut }) => isLeftOut));
  await page.evaluate(() => {
    globalThis.asked = [];
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message[1] === "preview") {
        globalThis.asked.push(JSON.parse(message[4]));
      }
      return post.call(this, message, ...rest);
    };
  });
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("  - echo thrice\n");
  // While somebody types, nobody waits for what is not looked at.
  await settles(async () => (await asked())[0], true);
  await part(page, "Commands");
  await settles(async () => /echo thrice/.test(await page.locator("#boot-panel").textContent()), true);
  assert.equal((await asked()).at(-1), false);

  await part(page, "Stages");
  await editor(page).focus();
  await page.keyboard.insertText("  - echo at rest\n");
  await settles(async () => (await asked()).at(-1), false);
});

test("what if a package cannot be installed", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG);
  await effect(page, "install git nano").getByRole("button", { name: /^What if it fails/ }).click();
  await settles(async () => /^Fails/.test(await page.locator(".verdict-word").innerText()), true);
  assert.match(await page.locator(".step.failed").first().innerText(), /package_update_upgrade_install/);
  assert.match(await page.locator(".summary").innerText(), /The module package_update_upgrade_install fails/);
  await part(page, "Packages");
  await settles(() => page.locator(".listed.failed").count(), 2);
  await page.locator(".whatifs button").click();
  await settles(() => page.locator(".listed.failed").count(), 0);
});

test("what if the data source cannot be reached", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG, { platform: "ec2" });
  await part(page, "Network");
  await settles(() => hostname(page), "ip-172-31-5-6");
  await part(page, "Stages");
  const whatif = page.getByRole("button", { name: /^What if it cannot be reached.*Ec2/ });
  await whatif.click();
  await settles(() => whatif.getAttribute("aria-pressed"), "true");
  await page.locator(".step", { hasText: "the user-data is not read" }).first().waitFor();
  assert.equal(await effect(page, "install git nano").count(), 0);
  await part(page, "Network");
  await settles(async () => (await hostname(page)) !== "ip-172-31-5-6", true);
  // Another platform answers, and that of before still does not.
  await page.locator("#cloud-init-platform").selectOption("openstack");
  await settles(() => hostname(page), "server-1");
  await page.locator("#cloud-init-platform").selectOption("ec2");
  await settles(async () => (await hostname(page)) !== "server-1", true);
  await page.locator(".whatifs button").click();
  await settles(() => hostname(page), "ip-172-31-5-6");
});

test("what there is to see has a part, and no part is empty", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG, { platform: "ec2" });
  const tabs = page.getByRole("tablist", { name: "Boot" }).getByRole("tab");
  assert.deepEqual(await tabs.evaluateAll((all) => all.map((tab) => tab.firstChild.textContent)), PARTS);
  await part(page, "Network");
  await page.getByText("Configuration of netplan").waitFor();
  await page.locator("#release").selectOption("amazon-2023");
  await page.getByText("Configuration of networkd").waitFor();
  await page.getByRole("radio", { name: "CoreOS" }).check();
  await write(page, "#cloud-config\ncoreos:\n  units: []\n");
  await settles(() => page.locator("#boot-tab-units").count(), 1);
  assert.equal(await page.locator("#boot-tab-packages").count(), 0);
});

const SCREENS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
  narrow: { viewport: { width: 320, height: 700 } },
};

for (const [name, screen] of Object.entries(SCREENS)) {
  test(`axe finds nothing wrong with the boot of cloud-init (${name})`, async () => {
    const { page } = await open(browser, screen);
    await bootCloudInit(page, CONFIG, { platform: "ec2" });
    for (const name of PARTS) {
      await part(page, name);
      assert.deepEqual(await accessibilityProblems(page), [], name);
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
}

test("the boot is chosen by keyboard", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG);
  await page.getByRole("radio", { name: "First boot" }).focus();
  await page.keyboard.press("ArrowRight");
  await settles(async () => /boot 2/i.test(await page.locator(".stage h3").first().innerText()), true);
  assert.ok((await effects(page).count()) > 0);
  assert.equal(await editor(page).isVisible(), true);
});

test("the platform and its texts survive a reload", async () => {
  const { page } = await open(browser);
  await bootCloudInit(page, CONFIG, { platform: "nocloud" });
  await openBeside(page, "Vendor-data");
  await writeBeside(page, "#cloud-config\n# of the provider\n");
  await page.waitForTimeout(800);
  await page.reload();
  await page.locator("html[data-first-lint] .cm-content").waitFor();
  assert.equal(await page.locator("#cloud-init-platform").inputValue(), "nocloud");
  await openBeside(page, "Vendor-data");
  await settles(async () => /of the provider/.test(await besideText(page)), true);
});
