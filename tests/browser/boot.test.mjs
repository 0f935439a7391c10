// The boot as it is told: stages, effects and their lines, platforms, failures.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { boot, effect, effects, giveMetadata, succeeds, variable } from "./boot.mjs";
import { launch } from "./harness.mjs";
import { besideText, cursor, editor, open, openBeside, problems, settles, text, write, writeBeside } from "./page.mjs";

const CONFIG = `#cloud-config
hostname: web-1
ssh_authorized_keys:
  - ssh-ed25519 AAAA ops@example.org
write_files:
  - path: /srv/address
    content: |
      private $private_ipv4
coreos:
  units:
    - name: web.service
      enable: true
      command: start
      content: |
        [Service]
        ExecStart=/usr/bin/true
        [Install]
        WantedBy=multi-user.target
`;
const EC2 = { hostname: "ip-10-0-0-12", "local-ipv4": "10.0.0.12" };

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the boot is told in stages, and what is skipped is one line", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat");
  await succeeds(page);
  assert.ok((await page.locator(".stage").count()) > 2);
  const titles = await effects(page).locator(".go").allInnerTexts();
  assert.ok(titles.includes("Set the host name to web-1"), titles.join("; "));
  const quiet = page.locator(".quiet-steps", { hasText: "create users" }).last();
  assert.match(await quiet.locator("summary").innerText(), /skipped/);
  const why = quiet.getByText("the config has no users");
  assert.equal(await why.isVisible(), false);
  await quiet.locator("summary").click();
  assert.equal(await why.isVisible(), true);
});

test("the platform decides what an address becomes", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat", EC2);
  await settles(() => variable(page, "$private_ipv4"), "10.0.0.12");
  await page.locator("#platform").selectOption("rackspace");
  await settles(() => variable(page, "$private_ipv4"), "10.181.0.7");
  await page.locator("#platform").selectOption("config-drive");
  await settles(() => variable(page, "$private_ipv4"), "becomes empty");
  await page.locator("#platform").selectOption("ec2-compat");
  await settles(() => variable(page, "$private_ipv4"), "10.0.0.12");
});

test("without a platform the machine alone is told", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "");
  await succeeds(page);
  assert.ok((await effect(page, "web-1").count()) > 0);
  assert.equal(await page.getByRole("tab", { name: "Metadata" }).count(), 0);
});

test("typing changes the boot", async () => {
  const { page } = await open(browser);
  await boot(page, "#cloud-config\nhostname: a", "");
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("bc");
  await settles(() => effects(page).locator(".go").allInnerTexts(), ["Set the host name to abc"]);
});

test("a program that fails says so, and what it does not reach", async () => {
  const { page } = await open(browser);
  await boot(page, "#cloud-config\nhostname: a\ncoreos:\n  update:\n    reboot_strategy: sometimes\n", "");
  await settles(() => page.locator(".verdict-word").innerText(), "Fails with exit code 1");
  assert.ok((await page.locator(".step.failed").count()) > 0);
  assert.ok((await page.locator(".quiet-steps.not-reached").count()) > 0);
});

test("a click on an effect selects its lines", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat");
  await effect(page, "/srv/address").locator(".go").click();
  const { line, selected, focused } = await cursor(page);
  assert.ok(focused);
  assert.equal(line, 6);
  assert.match(selected, /private \$private_ipv4/);
});

test("the line with the cursor marks its effects", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat");
  await page.locator(".cm-line", { hasText: "hostname: web-1" }).click();
  const marked = page.locator(".effect[aria-current] .go");
  await settles(() => marked.allInnerTexts(), ["Set the host name to web-1"]);
  await page.locator(".cm-line", { hasText: "enable: true" }).click();
  await settles(() => marked.allInnerTexts(), ["Enable web.service"]);
  await settles(() => page.locator(".effect[aria-current]").evaluate((item) => {
    const [inner, outer] = [item.getBoundingClientRect(), item.closest(".pane-body").getBoundingClientRect()];
    return inner.top >= outer.top && inner.bottom <= outer.bottom;
  }), true);
});

test("what metadata gives leads to the metadata", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat", EC2);
  await effect(page, "/srv/address").getByRole("button", { name: "metadata private_ipv4" }).click();
  await page.getByRole("textbox", { name: "Metadata" }).waitFor();
  assert.equal(await editor(page).isVisible(), false);
  await effect(page, "/srv/address").locator(".go").click();
  await settles(async () => (await cursor(page)).focused, true);
});

test("what the OEM config does leads to its lines there, and can be changed", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "rackspace");
  await effect(page, "/etc/oem-release").locator(".go").click();
  await page.getByRole("textbox", { name: "OEM config" }).waitFor();
  await settles(async () => /rackspace/.test((await cursor(page, "#other-panel")).selected), true);
  await writeBeside(page, "#cloud-config\nhostname: from-the-image\n");
  await settles(async () => (await effect(page, "from-the-image").count()) > 0, true);
  await page.getByRole("button", { name: "Reset" }).click();
  await settles(() => effect(page, "from-the-image").count(), 0);
  assert.match(await besideText(page), /id: rackspace/);
});

test("metadata that cannot be read is an error beside it, and the text is kept for each platform", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat");
  const area = await openBeside(page, "Metadata");
  await writeBeside(page, "{ broken");
  await page.locator(".other-input .troubles").waitFor();
  await settles(() => page.locator(".verdict-word").innerText(), "The metadata cannot be read");
  assert.equal(await area.getAttribute("aria-invalid"), "true");
  await page.locator("#platform").selectOption("gce");
  await settles(() => page.locator(".troubles").count(), 0);
  assert.notEqual(await besideText(page), "{ broken");
  await page.locator("#platform").selectOption("ec2-compat");
  await settles(() => besideText(page), "{ broken");
  await page.getByRole("button", { name: "Reset" }).click();
  await settles(() => page.locator(".troubles").count(), 0);
});

test("what if an effect fails", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "ec2-compat");
  await effect(page, "Enable").getByRole("button", { name: /^What if it fails/ }).click();
  await settles(() => page.locator(".verdict-word").innerText(), "Fails with exit code 1");
  assert.match(await effect(page, "Enable").innerText(), /fails/);
  const active = page.locator(".whatifs button");
  assert.match(await active.innerText(), /enable web\.service/i);
  await active.click();
  await succeeds(page);
  assert.equal(await page.locator(".whatifs").count(), 0);
});

test("a platform that the target does not know is an error", async () => {
  const { page } = await open(browser);
  await boot(page, CONFIG, "packet");
  await page.getByRole("radio", { name: "Flatcar" }).click();
  await page.locator(".boot-head .troubles").getByText("does not support the platform").waitFor();
});

test("a preview that cannot be loaded says so, and can be tried again", async () => {
  let broken = true;
  const route = ["**/boot-worker.js", (route) => (broken ? route.abort() : route.continue())];
  const { page } = await open(browser, { route });
  await write(page, "#cloud-config\n# for Flatcar\nhostname: a\n");
  await page.getByRole("tab", { name: "Boot" }).click();
  await page.getByRole("alert").getByText("could not be loaded").waitFor();
  await page.getByRole("tab", { name: "Problems" }).click();
  await write(page, "#cloud-config\n# for Flatcar\nhostnme: a\n");
  await settles(() => problems(page).count(), 1);
  await page.getByRole("tab", { name: "Boot" }).click();
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".verdict").waitFor();
});

test("when the preview breaks, the page says so and goes on", async () => {
  const { page } = await open(browser, {
    init: () => {
      const real = globalThis.Worker;
      globalThis.Worker = class extends real {
        postMessage(message) {
          const breaks = message[1] === "preview" && message[2].includes("break me");
          if (breaks) {
            const data = [message[0], undefined, "RuntimeError: unreachable"];
            queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
          } else {
            super.postMessage(message);
          }
        }
      };
    },
  });
  await boot(page, "#cloud-config\nhostname: a\n", "");
  await page.keyboard.press("Tab");
  await write(page, "#cloud-config\n# break me");
  await page.getByRole("alert").getByText("crashed on this text").waitFor();
  await write(page, "#cloud-config\nhostname: b\n");
  await settles(() => page.locator(".boot-failure").count(), 0);
  assert.equal(await text(page), "#cloud-config\nhostname: b\n");
});

test("only what somebody looks at is previewed", async () => {
  const { page } = await open(browser, {
    init: () => {
      const real = globalThis.Worker;
      globalThis.previews = [];
      globalThis.Worker = class extends real {
        postMessage(message) {
          if (message[1] === "preview") {
            globalThis.previews.push(message[2]);
          }
          super.postMessage(message);
        }
      };
    },
  });
  await write(page, "#cloud-config\n# for Flatcar\n");
  await page.getByText("Nothing to complain about.").waitFor();
  assert.equal(await page.evaluate(() => globalThis.previews.length), 0, "nobody looks");
  await boot(page, CONFIG, "ec2-compat", EC2);
  await settles(() => variable(page, "$private_ipv4"), "10.0.0.12");
  await giveMetadata(page, {});
  await settles(() => variable(page, "$private_ipv4"), "becomes empty");
  await page.getByRole("tab", { name: "Problems" }).click();
  await write(page, "#cloud-config\n# unseen, for Flatcar");
  await page.getByText("Nothing to complain about.").waitFor();
  assert.equal(await page.evaluate(() => globalThis.previews.some((text) => text.includes("unseen"))), false);
});
