import type { ReactNode } from "react";

const TONES = {
  info: "border-info/30 bg-info-soft",
  warning: "border-warning/30 bg-warning-soft",
  danger: "border-danger/30 bg-danger-soft",
  success: "border-success/30 bg-success-soft",
} as const;

export function Notice({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  return <div className={`rounded-plate border px-5 py-4 ${TONES[tone]}`}>{children}</div>;
}
