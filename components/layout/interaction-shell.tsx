import type { ReactNode } from "react";

type InteractionShellProps = {
  /** One line that says whose page this is. */
  footer?: string;
  /** True for the consent page, whose rows need more room than fields. */
  isConsent?: boolean;
  children: ReactNode;
};

/** Lays out a page without navigation, so that a person who signs in or decides is not distracted. */
export function InteractionShell({
  footer = "Legrand sandbox · not the real cloud",
  isConsent = false,
  children,
}: InteractionShellProps) {
  return (
    <div
      className={`grid min-h-dvh grid-rows-[1fr_auto] justify-center p-4 print:min-h-0 print:p-0 ${isConsent ? "grid-cols-[minmax(0,35rem)] gap-1.5 pt-2 pb-1.5" : "grid-cols-[minmax(0,27.5rem)] gap-6"}`}
    >
      <main className={`self-center ${isConsent ? "" : "sm:py-4"}`}>{children}</main>
      <footer className={`text-center text-ink-subtle ${isConsent ? "text-xs" : "text-sm"}`}>{footer}</footer>
    </div>
  );
}
