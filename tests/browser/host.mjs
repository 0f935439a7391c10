// Sites that use the package as other people's pages do: each has pages of its own, and serves `npm/dist` below `/dryboot/`.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../npm/dist", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Nothing but what the widget says that it needs. */
export const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; form-action 'self'";

/**
 * A site on a port of its own: `pages` has a function of the request's body, or the text of a page, by path. A page that is
 * an array has its Content-Security-Policy in the second place. `submitted` are the bodies of forms, newest last.
 */
export class Site {
  submitted = [];
  requests = [];
  #pages;
  #server;

  static async start(pages, folders = {}) {
    const site = new Site();
    site.#pages = pages;
    site.#server = createServer((request, response) => site.#answer(request, response, { "/dryboot/": DIST, ...folders }));
    await new Promise((listening) => site.#server.listen(0, "127.0.0.1", listening));
    return site;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  set(path, page) {
    this.#pages[path] = page;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request, response, folders) {
    const { pathname } = new URL(request.url, "http://site");
    this.requests.push(`${request.method} ${pathname}`);
    if (request.method === "POST") {
      const pieces = [];
      for await (const piece of request) {
        pieces.push(piece);
      }
      this.submitted.push(new URLSearchParams(Buffer.concat(pieces).toString()));
      response.writeHead(200, { "Content-Type": "text/html" }).end("<title>Launched</title><p>launched");
      return;
    }
    if (pathname === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    const page = this.#pages[pathname];
    if (page !== undefined) {
      const [html, policy] = [page].flat();
      response.writeHead(200, { "Content-Type": TYPES[extname(pathname)] ?? TYPES[".html"], ...(policy && { "Content-Security-Policy": policy }) }).end(html);
      return;
    }
    const [prefix, folder] = Object.entries(folders).find(([prefix]) => pathname.startsWith(prefix)) ?? [];
    try {
      const name = normalize(pathname.slice(prefix.length).replace(/(^|\/)$/, "$1index.html"));
      const content = await readFile(join(folder, name));
      const type = TYPES[extname(name)] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": type, "Access-Control-Allow-Origin": "*" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  }
}

/** A page with this in its body and the widget's one line. */
export function page(body, { script = "/dryboot/dryboot-editor.js", head = "" } = {}) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Launch a server</title>${head}
    <script type="module" src="${script}"></script></head><body><main><h1>Launch a server</h1>${body}</main></body></html>`;
}
