// What the boot makes of the machine: files, users, units, network, log; and two boots side by side.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boot, giveMetadata, part } from "./boot.mjs";
import { accessibilityProblems, launch } from "./harness.mjs";
import { cursor, open, settles } from "./page.mjs";

const CONFIG = `#cloud-config
hostname: web-1
ssh_authorized_keys:
  - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMpJ2xg3ByuC0dqTdfVWZ4cx3uNPnHHFXtB7dC1hkqQS ops@example.org
users:
  - name: ada
    groups: [docker]
write_files:
  - path: /srv/www/index.html
    owner: ada
    content: |
      $private_ipv4
  - path: /srv/www/second.html
    content: two
coreos:
  update:
    reboot_strategy: "off"
  units:
    - name: web.service
      command: start
      content: |
        [Service]
        ExecStart=/usr/bin/true
`;
const CYCLE = `#cloud-config
coreos:
  units:
    - name: a.service
      command: start
      content: |
        [Unit]
        Requires=b.service
        After=b.service
        [Service]
        ExecStart=/usr/bin/true
    - name: b.service
      command: start
      content: |
        [Unit]
        Requires=a.service
        After=a.service
        [Service]
        ExecStart=/usr/bin/true
`;
const EC2 = { hostname: "ip-10-0-0-12", "local-ipv4": "10.0.0.12", "public-ipv4": "54.1.2.3" };

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const focused = (page) => page.evaluate(() => document.activeElement.textContent);
const leaf = (page, name) => page.getByRole("treeitem").filter({ hasText: name });

test("files are a tree with their contents, and lead to their lines", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat", EC2);
  await part(page, "Files");
  await leaf(page, "index.html").click();
  const file = page.getByRole("region", { name: "/srv/www/index.html" });
  await settles(() => file.locator(".code-line").allInnerTexts(), ["10.0.0.12\n"]);
  assert.match(await file.innerText(), /0644, ada/);
  await file.getByRole("button", { name: "Show its lines" }).click();
  const { selected, focused: isThere } = await cursor(page);
  assert.ok(isThere);
  assert.match(selected, /\/srv\/www\/index\.html[^]*\$private_ipv4/);
});

test("the tree works by keyboard", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat", EC2);
  await part(page, "Files");
  await page.getByRole("tree").locator("[tabindex='0']").focus();
  await page.keyboard.press("End");
  assert.match(await focused(page), /second\.html/);
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "/srv/www/second.html" }).waitFor();
  await page.keyboard.press("ArrowLeft");
  assert.match(await focused(page), /\/srv\/www/);
  await page.keyboard.press("ArrowLeft");
  await settles(() => leaf(page, "second.html").count(), 0);
  await page.keyboard.press("ArrowRight");
  await settles(() => leaf(page, "second.html").count(), 1);
  await page.keyboard.press("ArrowRight");
  assert.match(await focused(page), /index\.html/);
});

test("the line with the cursor marks its file", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat");
  await part(page, "Files");
  await page.locator(".cm-line", { hasText: "content: two" }).click();
  await settles(() => page.locator(".leaf[aria-current]").allInnerTexts(), ["second.html"]);
});

test("users have their keys", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat");
  await part(page, "Users");
  const card = (name) => page.locator(".card", { has: page.getByRole("heading", { name, exact: true }) });
  const core = card("core");
  assert.match(await core.innerText(), /ssh-ed25519[^]*ops@example\.org/);
  const ada = card("ada");
  assert.match(await ada.innerText(), /created by the boot[^]*--groups docker/);
});

test("the network has the addresses and /etc/environment", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat", EC2);
  await part(page, "Network");
  const environment = page.getByRole("region", { name: "/etc/environment" });
  await settles(async () => (await environment.innerText()).includes("COREOS_PRIVATE_IPV4=10.0.0.12"), true);
  await page.getByText("No interfaces are taken down.").waitFor();
});

test("the log has the words of the program", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat", EC2);
  await part(page, "Log");
  await page.locator(".log").getByText("overrides metadata hostname").waitFor();
  await page.locator(".log").getByRole("button", { name: "line 2" }).click();
  assert.equal((await cursor(page)).line, 2);
});

test("what is empty says so", async () => {
  const { page } = await open(browser);
  await boot(page, "#cloud-config\n", "");
  for (const [name, words] of [
    ["Files", "does not write any files"],
    ["Users", "does not change any accounts"],
    ["Units", "does not affect any units"],
    ["Log", "does not report any problems"],
  ]) {
    await part(page, name);
    await page.locator(".nothing").getByText(words).waitFor();
  }
});

test("the unit graph shows a cycle, in words and in red", async () => {
  const { page } = await open(browser);
  await boot(page, CYCLE, "ec2-compat");
  await part(page, "Units");
  await page.locator(".boot-problems .chain").first().waitFor();
  const chain = await page.locator(".boot-problems .chain").first().innerText();
  assert.match(chain, /[ab]\.service → [ab]\.service → [ab]\.service/);
  await settles(async () => (await page.locator("svg .edge.cycle").count()) >= 2, true);
});

test("problems of units are counted without looking at them, and the part that is shown stays", async () => {
  const { page } = await open(browser);
  await boot(page, CYCLE, "ec2-compat");
  const tab = page.getByRole("tablist", { name: "Boot" }).getByRole("tab", { name: "Units" });
  await settles(async () => /[1-9]/.test(await tab.innerText()), true);
  await part(page, "Files");
  await page.getByRole("tab", { name: /^Problems/ }).click();
  await page.getByRole("tab", { name: "Boot" }).click();
  await page.getByRole("tree").waitFor();
});

test("the unit graph works by keyboard, and its units lead to their lines", async () => {
  const { page } = await open(browser);
  await boot(page, CYCLE, "ec2-compat");
  await part(page, "Units");
  const node = page.locator(".node", { hasText: "b.service" });
  await node.waitFor();
  await node.focus();
  const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await page.keyboard.press("ArrowLeft");
  const left = await label();
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await label(), left);
  const width = () => page.locator(".graph-room > svg").evaluate((svg) => svg.getBoundingClientRect().width);
  const before = await width();
  await page.keyboard.press("+");
  await settles(async () => (await width()) > before, true);
  await page.keyboard.press("0");
  await settles(width, before);
  await node.focus();
  await page.keyboard.press("Enter");
  await settles(async () => (await cursor(page)).focused, true);
  assert.ok((await cursor(page)).line >= 12);
});

test("the start order is a list, too", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat");
  await part(page, "Units");
  await page.getByRole("button", { name: "Start order" }).click();
  await page.locator(".job", { hasText: "web.service" }).first().waitFor();
});

test("two boots side by side show what differs", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat", EC2);
  await page.getByLabel("Compare with").selectOption("platform/config-drive");
  const row = page.locator(".facts tr", { hasText: "$private_ipv4" });
  await settles(() => row.locator("td").allInnerTexts(), ["10.0.0.12", "becomes empty"]);
  assert.match(await row.innerText(), /≠/);
  assert.equal(await page.locator(".facts tr.differs", { hasText: "Verdict" }).count(), 0);
  const environment = page.locator(".effects-table tr.differs", { hasText: "/etc/environment" });
  assert.equal(await environment.locator("td").nth(1).innerText(), "—\nnot done");
  await page.locator(".config", { hasText: "/srv/www/index.html" }).locator(".code-line.removed").waitFor();

  await page.getByRole("button", { name: "Swap the platforms" }).click();
  await settles(() => row.locator("td").allInnerTexts(), ["becomes empty", "10.0.0.12"]);
  assert.equal(await page.locator("#platform").inputValue(), "config-drive");
  await giveMetadata(page, { hostname: "drive" });
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.getByLabel("Compare with").selectOption("");
  await page.locator(".verdict").waitFor();
});
