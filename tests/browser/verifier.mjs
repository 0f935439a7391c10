// The worker that verifies images, as the tests and measurements use it: without the page's part of it.
import { readFileSync } from "node:fs";

/** Opens the page, so that its policy holds, and puts `verifier` into it. */
export async function openVerifier(page, address) {
  await page.goto(address);
  await page.evaluate(() => {
    const { content: assets } = document.querySelector('meta[name="dryboot-assets"]');
    let last = 0;
    globalThis.verifier = {
      spawn: () => new Worker(new URL(`${assets}openpgp-worker.js`, document.baseURI), { type: "module" }),
      /** What the worker answers at last, and all that it says before. */
      ask(worker, ...question) {
        const number = ++last;
        const progress = [];
        return new Promise((resolve, reject) => {
          worker.onerror = (event) => reject(new Error(event.message));
          worker.onmessage = ({ data: [to, said, error] }) => {
            if (to === "ready") {
              return;
            }
            if (to !== number) {
              reject(new Error(`an answer to ${to}, not to ${number}`));
            } else if (typeof said === "number") {
              progress.push(said);
            } else {
              resolve({ answer: said && JSON.parse(said), error, progress });
            }
          };
          worker.postMessage([number, ...question]);
        });
      },
    };
  });
}

/** Puts the files of a folder into the page, as `files` by their names. */
export async function giveFiles(page, folder, names) {
  const files = names.map((name) => [name, readFileSync(`${folder}/${name}`, "base64")]);
  await page.evaluate((files) => {
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    globalThis.files = Object.fromEntries(files.map(([name, text]) => [name, new File([bytes(text)], name)]));
  }, files);
}

/** Gives the page a file of the disk as a user does, as `files[name]`, without reading it. */
export async function chooseFile(page, name, path) {
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "chosen";
    document.body.append(input);
  });
  await page.locator("#chosen").setInputFiles(path);
  await page.evaluate((name) => {
    const input = document.querySelector("#chosen");
    (globalThis.files ??= {})[name] = input.files[0];
    input.remove();
  }, name);
}
