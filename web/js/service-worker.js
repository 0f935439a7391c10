// Serves one version of the page from the browser's cache: all of its files, or none. A new version waits until somebody
// asks for it, so that the files of two versions never meet.

/* global VERSION, FILES */

/** The page itself, whatever is behind its address. */
const PAGE = new URL("./", location).href;

/** Another copy of the page may be on the same site, below another path. */
const OURS = `dryboot ${PAGE} `;
const CACHE = OURS + VERSION;

self.addEventListener("install", (event) => event.waitUntil(fetchAll()));

/** The server's copies, not those that the browser may have of another version. */
async function fetchAll() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(new URL(file, PAGE), { cache: "reload" })));
}

self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));

async function forgetOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
}

self.addEventListener("message", ({ data }) => data === "take-over" && self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "GET" && url.origin === location.origin && url.href.startsWith(PAGE)) {
    event.respondWith(answer(request, url));
  }
});

async function answer(request, url) {
  const cache = await caches.open(CACHE);
  const isPage = request.mode === "navigate" && url.pathname.replace(/index\.html$/, "") === new URL(PAGE).pathname;
  return (await cache.match(isPage ? PAGE : request, { ignoreSearch: isPage })) ?? fetch(request);
}
