// Files for the tests of verification: those of gpg, and some of their own.
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where `cargo xtask test` has put the files and verdicts of gpg. */
export const CASES = process.env.OPENPGP_CASES;

/** For tests that need them. */
export const withCases = { skip: CASES ? false : "gpg is not installed" };

/** A new folder, which is there until `remove`. */
export class Folder {
  #path = mkdtempSync(join(tmpdir(), "dryboot-"));

  /** The path of a new file with this content. */
  file(name, content) {
    const path = join(this.#path, name);
    writeFileSync(path, content);
    return path;
  }

  /** The path of a new file of this many bytes without blocks on the disk. */
  sparse(name, length) {
    const path = join(this.#path, name);
    const file = openSync(path, "w");
    ftruncateSync(file, length);
    closeSync(file);
    return path;
  }

  remove() {
    rmSync(this.#path, { recursive: true });
  }
}
