// The verification of image signatures, piece by piece: an image of any size takes the memory of a piece.
import { call, load } from "./load.js";
import { checked } from "./options.js";

export { setBase } from "./load.js";

const OPTIONS = {
  signature: "bytes",
  keys: "array",
  now: "number",
  policyAsOf: "number",
  fingerprints: "array",
  required: "number",
  acceptSha1: "boolean",
};

const seconds = () => Math.floor(Date.now() / 1000);

/** One verification: `Verifier.create`, `update` with each piece of the image, and `finish`. */
export class Verifier {
  #verification;

  /** @private */
  constructor(verification) {
    this.#verification = verification;
  }

  /** Promises a verifier. Times are in seconds since 1970. */
  static async create(options) {
    const { signature, keys, now = seconds(), policyAsOf, fingerprints = [], required = 1, acceptSha1 = false } = checked(options, OPTIONS);
    if (!signature || !keys) {
      throw new TypeError("the options must have a `signature` and `keys`");
    }
    const { Verification, Options } = await load("openpgp");
    const json = { now, policy_as_of: policyAsOf, fingerprints, required, accept_sha1: acceptSha1 };
    const how = call(() => new Options(JSON.stringify(json)));
    const verification = call(() => new Verification(signature, how));
    keys.forEach((key) => call(() => verification.add_keys(key)));
    return new Verifier(verification);
  }

  /** Takes the next piece of the image. */
  update(bytes) {
    if (!(bytes instanceof Uint8Array)) {
      throw new TypeError("a piece must be a Uint8Array");
    }
    call(() => this.#open().update(bytes));
  }

  /** Ends the verification with the report that `dryboot verify --output-format json` prints. `name` is the image's. */
  finish(name) {
    const verification = this.#open();
    this.#verification = undefined;
    return JSON.parse(call(() => verification.finish(String(name))));
  }

  #open() {
    if (!this.#verification) {
      throw new Error("this verification has come to its end");
    }
    return this.#verification;
  }
}
