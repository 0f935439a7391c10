// What Lighthouse thinks of the page and of the launch form with the element in it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import lighthouse from "lighthouse";

import { Audited } from "./audited.mjs";

let audited;
before(async () => (audited = await Audited.start()));
after(() => audited.close());

for (const path of Audited.PATHS) {
  test(`accessibility and best practices of ${path}`, { timeout: 180_000 }, async () => {
    const options = { port: audited.port, logLevel: "error", onlyCategories: ["accessibility", "best-practices"] };
    const { lhr } = await lighthouse(audited.url + path, options);
    const wrong = Object.values(lhr.audits).filter(({ score, id }) => score === 0 && id !== "valid-source-maps");
    assert.deepEqual(wrong.map(({ id, title }) => `${id}: ${title}`), []);
    assert.deepEqual(Object.values(lhr.categories).map(({ score }) => score), [1, 1]);
  });
}
