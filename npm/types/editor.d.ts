import type { LintReport } from "./report.js";
import type { Preview, PreviewOptions } from "./boot.js";

export interface ReportDetail {
  report: LintReport;
  errors: number;
  warnings: number;
  infos: number;
  /** Whether only a part of the rules has been checked so far. */
  partial: boolean;
  /** The target's program and version, for people. */
  program: string;
  /** How many bytes a machine gets. */
  bytes: number;
  /** The result in a few words. */
  summary: string;
}

export interface ErrorDetail {
  /** What is the trouble with: the value of an attribute, one check, all checks, or the rich editor. */
  reason: "option" | "check" | "engine" | "editor";
  message: string;
}

export interface DrybootEditorEvents {
  "dryboot-change": CustomEvent<{ value: string }>;
  "dryboot-report": CustomEvent<ReportDetail>;
  "dryboot-error": CustomEvent<ErrorDetail>;
}

/** The element `<dryboot-editor>`. */
export class DrybootEditor extends HTMLElement {
  static readonly formAssociated: true;
  name: string;
  value: string;
  defaultValue: string;
  target: string;
  platform: string;
  kind: "user-data" | "vendor-data" | "network-config";
  block: "none" | "error" | "warning";
  encode: "plain" | "base64" | "gzip-base64";
  lang: string;
  theme: "auto" | "light" | "dark";
  views: string[];
  placeholder: string;
  required: boolean;
  disabled: boolean;
  readOnly: boolean;
  minLength: number | undefined;
  maxLength: number | undefined;
  maxBytes: number | undefined;
  rows: number | undefined;
  htmlFor: string;
  readonly type: string;
  readonly form: HTMLFormElement | null;
  readonly labels: NodeList | [];
  readonly willValidate: boolean;
  readonly validity: ValidityState | undefined;
  readonly validationMessage: string;
  /** The report on the newest text, as long as there is one. */
  readonly report: LintReport | undefined;
  checkValidity(): boolean;
  reportValidity(): boolean;
  setCustomValidity(message: string): void;
  /** Promises the report on the text, by all rules. */
  lint(): Promise<LintReport>;
  /** Promises what a boot with the text does. */
  preview(options?: Omit<PreviewOptions, "target">): Promise<Preview>;
  /** Puts a text in the place of what is selected. */
  insertText(text: string): void;
}

/** Defines the element, unless the name is taken, and returns what stands behind the name. */
export function define(name?: string): CustomElementConstructor | undefined;

declare global {
  interface HTMLElementTagNameMap {
    "dryboot-editor": DrybootEditor;
  }
}
