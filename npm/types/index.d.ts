import type { LintReport } from "./report.js";

export type { Diagnostic, File, LintReport, NotChecked, Part, Place, Span, Verdict } from "./report.js";

export interface AboutOptions {
  /** A target as `--target` takes it: `cloud-init`, `debian-12`, `flatcar`. Without one, the text decides. */
  target?: string;
}

export interface LintOptions extends AboutOptions {
  /** Where a machine is going to boot with the text: `aws`, `openstack`. */
  platform?: string;
  /** What the text is given for. */
  kind?: "user-data" | "vendor-data" | "network-config";
  /** The JSON that templates are filled with; without it, an example is. */
  instanceData?: string;
}

export interface FixOptions extends LintOptions {
  /** Make fixes, too, that may change what the config means. */
  unsafe?: boolean;
}

export interface Fixed {
  text: string;
  /** How many fixes were made. */
  fixed: number;
  /** The report on the fixed text. */
  report: LintReport;
}

export interface Hover {
  from: number;
  to: number;
  title: string;
  text: string;
}

export interface CompletionItem {
  label: string;
  detail: string;
  documentation: string;
  insert: string;
}

export interface Completion {
  from: number;
  to: number;
  items: CompletionItem[];
}

export interface Explanation {
  rule: string;
  /** Markdown by program. */
  docs: Partial<Record<"cloud-init" | "coreos", string>>;
}

export interface Target {
  name: string;
  version: string;
  group: "usual" | "distribution" | "release";
}

/**
 * Promises the report on a text, or on the bytes of a file.
 *
 * Offsets count in UTF-16 code units of the text; for bytes, in those of the text that an editor shows of them, where each
 * line break is one.
 */
export function lint(text: string | Uint8Array, options?: LintOptions): Promise<LintReport>;

/** Promises a text with the safe fixes of its report made. */
export function fix(text: string, options?: FixOptions): Promise<Fixed>;

/** Promises what is known about the place at an offset. */
export function hover(text: string, offset: number, options?: AboutOptions): Promise<Hover | undefined>;

/** Promises what may be written at an offset. */
export function complete(text: string, offset: number, options?: AboutOptions): Promise<Completion | undefined>;

/** Promises whether a text holds a secret, such as a password or a private key. */
export function holdsSecret(text: string, options?: AboutOptions): Promise<boolean>;

/** Promises the documentation of a rule. */
export function explain(rule: string): Promise<Explanation>;

/** Promises all targets that there are. */
export function targets(): Promise<Target[]>;

/**
 * Says where the folder `modules` of this package is served, for bundlers that leave files alone which a script names by
 * `new URL(…, import.meta.url)`. The address ends with a slash.
 */
export function setBase(url: string | URL): void;
