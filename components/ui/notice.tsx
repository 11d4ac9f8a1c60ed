import type { ReactNode } from "react";

import { Icon, type IconName } from "#components/ui/icon.tsx";

const TONES = {
  info: { look: "border-info/30 bg-info-soft", ink: "text-info", icon: "info" },
  warning: { look: "border-warning/30 bg-warning-soft", ink: "text-warning", icon: "warning" },
  danger: { look: "border-danger/30 bg-danger-soft", ink: "text-danger", icon: "failed" },
  success: { look: "border-success/30 bg-success-soft", ink: "text-success", icon: "done" },
} as const satisfies Record<string, { look: string; ink: string; icon: IconName }>;

/**
 * Shows a message with the colour and the icon of its meaning: `success` for what was done, `info` for what
 * did not change or is good to know, `warning` for what needs attention, `danger` for what went wrong.
 */
export function Notice({
  tone,
  isSlim = false,
  children,
}: {
  tone: keyof typeof TONES;
  /** True for a line with a button inside a page, which is not news. */
  isSlim?: boolean;
  children: ReactNode;
}) {
  const { look, ink, icon } = TONES[tone];
  return (
    <div
      className={`flex gap-3 rounded-plate border px-5 ${isSlim ? "items-center py-2 text-sm" : "py-4"} ${look}`}
    >
      <Icon name={icon} className={`size-5 ${isSlim ? "" : "mt-0.5"} ${ink}`} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
