import type { ErrorDetail, ReportDetail } from "./editor.js";

/** What of the editor a page can set: the properties of the element with these names. */
export interface Settings {
  value?: string;
  target?: string;
  platform?: string;
  kind?: "user-data" | "vendor-data" | "network-config";
  block?: "none" | "error" | "warning";
  lang?: string;
  theme?: "auto" | "light" | "dark";
  placeholder?: string;
  maxBytes?: number;
  required?: boolean;
  readOnly?: boolean;
}

export interface ConnectOptions extends Settings {
  onReady?(): void;
  onChange?(value: string): void;
  onReport?(detail: ReportDetail): void;
  onError?(detail: ErrorDetail): void;
  /** Hears why the text must not be submitted; an empty message when it may. */
  onValidity?(message: string): void;
}

export interface Connection {
  readonly value: string;
  set(settings: Settings): void;
  focus(): void;
  disconnect(): void;
}

/** Speaks with the `frame.html` of this package in a frame. */
export function connect(frame: HTMLIFrameElement, options?: ConnectOptions): Connection;
