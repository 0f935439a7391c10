export { setBase } from "./index.js";

export interface PreviewOptions {
  /** A program, a version or a distribution. Without one, the text decides. */
  target?: string;
  /** One of `platforms()`. */
  platform?: string;
  /** What the platform gives to its machines, in its own form; without it, an example. */
  metadata?: string;
  /** The config of the image, instead of the platform's own. */
  oem?: string;
  /** What the provider adds to the user-data of cloud-init. */
  vendorData?: string;
  /** Which boot of a machine with cloud-init: the first by default. */
  boot?: "first" | "second" | "new-instance";
  /** What shall fail, as the actions name it. */
  fail?: string[];
}

/** One thing that the program does, or leaves. */
export interface Step {
  who: string;
  what: string;
  state: string;
  why?: string;
  /** Which of the `actions` it consists of. */
  effects: number[];
}

/** What `dryboot preview --output-format json` prints about a boot of CoreOS or Flatcar. The places of `causes` count in bytes of UTF-8. */
export interface Preview {
  version: 1;
  target: string;
  platform: string | null;
  exit_code: number;
  messages: string[];
  stdout: string;
  variables: unknown[];
  substituted?: string;
  actions: unknown[];
  causes: unknown[][];
  stages: Array<{ name: string; steps: Step[] }>;
  machine: Record<string, unknown>;
  units: Record<string, unknown>;
  notes: string[];
}

/** The same about a boot of cloud-init. */
export interface CloudInitPreview {
  version: 1;
  target: string;
  platform: string | null;
  distribution: string;
  datasource: string;
  /** That of `cloud-init status`: 0, 1 for an error, 2 when it goes through but is degraded. */
  exit_code: number;
  actions: unknown[];
  causes: unknown[][];
  stages: Array<{ name: string; steps: Step[] }>;
  notes: string[];
  recorded: Record<string, unknown>;
}

/** Promises what a boot with a text does. */
export function preview(text: string | Uint8Array, options?: PreviewOptions): Promise<Preview | CloudInitPreview>;

/** Promises the platforms that a boot can be previewed on. A name is unique among those of its program. */
export function platforms(): Promise<Array<{ name: string; program: "cloud-init" | "coreos" } & Record<string, unknown>>>;
