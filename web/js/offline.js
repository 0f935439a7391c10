// Has the page work without a network, and says when there is a new version of it.
import { button } from "./prose.js";

/** Starts the service worker at an address. `note` is where a new version is announced, in the language of `t`. */
export async function workOffline(url, note, { t, onLanguage }) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) {
    return;
  }
  // With the first one of all, there is nothing new for this page.
  const hadOne = serviceWorker.controller !== null;
  const registration = await serviceWorker.register(url, { updateViaCache: "none" }).catch(() => undefined);
  if (!registration) {
    // The browser forbids it: the page goes on as it is.
    return;
  }
  const announce = (worker) => {
    const say = () => {
      const reload = button("link", () => worker.postMessage("take-over"), t("Reload the page"));
      note.replaceChildren(t("There is a new version of dryboot."), " ", reload);
    };
    say();
    onLanguage(say);
  };
  const watch = (worker) =>
    worker?.addEventListener("statechange", () => worker.state === "installed" && hadOne && announce(worker));
  registration.addEventListener("updatefound", () => watch(registration.installing));
  watch(registration.installing);
  if (registration.waiting && hadOne) {
    announce(registration.waiting);
  }
  serviceWorker.addEventListener("controllerchange", () => hadOne && location.reload());
}
