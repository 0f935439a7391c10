import type { VerifyReport } from "./verify-report.js";

export type { VerifyReport } from "./verify-report.js";
export { setBase } from "./index.js";

export interface VerifierOptions {
  /** The detached signature. */
  signature: Uint8Array;
  /** The keys that may have made it. */
  keys: Uint8Array[];
  /** The present, in seconds since 1970. */
  now?: number;
  /** The date of the policy on algorithms, likewise. */
  policyAsOf?: number;
  /** Fingerprints of the keys that are trusted. */
  fingerprints?: string[];
  /** How many good signatures it takes. */
  required?: number;
  acceptSha1?: boolean;
}

/** One verification of an image. */
export class Verifier {
  private constructor();
  static create(options: VerifierOptions): Promise<Verifier>;
  /** Takes the next piece of the image. */
  update(bytes: Uint8Array): void;
  /** Ends the verification. `name` is the image's. */
  finish(name: string): VerifyReport;
}
