import type { ReactNode } from "react";

const TONES = {
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
  off: "led-off text-ink-subtle",
} as const;

/** Shows an indicator light and its word. The word alone is enough to understand it. */
export function Status({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  return <span className={`led ${TONES[tone]}`}>{children}</span>;
}
