import type { ReactNode } from "react";

type InteractionShellProps = {
  /** One line that says whose page this is. */
  footer?: string;
  children: ReactNode;
};

/** Lays out a page without navigation, so that a person who signs in or decides is not distracted. */
export function InteractionShell({
  footer = "Legrand sandbox · not the real cloud",
  children,
}: InteractionShellProps) {
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,27.5rem)] grid-rows-[1fr_auto] justify-center gap-6 p-4">
      <main className="self-center sm:py-4">{children}</main>
      <footer className="text-center text-sm text-ink-subtle">{footer}</footer>
    </div>
  );
}
