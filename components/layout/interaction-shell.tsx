import type { ReactNode } from "react";

type InteractionShellProps = {
  /** One line that says whose page this is. */
  footer?: string;
  /** True for the consent page, whose rows need more room than fields. */
  isConsent?: boolean;
  /** True for a page that compares two addresses, which need long lines. */
  isWide?: boolean;
  children: ReactNode;
};

/** Lays out a page without navigation, so that a person who signs in or decides is not distracted. */
export function InteractionShell({
  footer = "Legrand sandbox · not the real cloud",
  isConsent = false,
  isWide = false,
  children,
}: InteractionShellProps) {
  return (
    <div
      className={`grid min-h-dvh grid-rows-[1fr_auto] justify-center p-4 print:min-h-0 print:p-0 ${isConsent ? "grid-cols-[minmax(0,35rem)] gap-1.5 pt-2 pb-1.5" : `gap-6 ${isWide ? "grid-cols-[minmax(0,40rem)]" : "grid-cols-[minmax(0,27.5rem)]"}`}`}
    >
      <main className={`self-center ${isConsent ? "" : "sm:py-4"}`}>{children}</main>
      <footer className={`text-center text-ink-subtle ${isConsent ? "text-xs" : "text-sm"}`}>{footer}</footer>
    </div>
  );
}
