// What Lighthouse looks at, in a browser that it can reach.
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

import { launch } from "../browser/harness.mjs";
import { Site } from "../browser/host.mjs";

const folder = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A port that was free a moment ago. */
async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

export class Audited {
  /** The page, and the launch form with the element in it. */
  static PATHS = ["/page/", "/npm/examples/launch/"];

  #browser;
  #site;

  static async start() {
    const audited = new Audited();
    audited.port = await freePort();
    audited.#browser = await launch(`--remote-debugging-port=${audited.port}`);
    audited.#site = await Site.start({}, { "/page/": folder("dist"), "/npm/": folder("npm") });
    return audited;
  }

  get url() {
    return this.#site.url;
  }

  async close() {
    await this.#browser.close();
    this.#site.close();
  }
}
