import { Suspense, type ReactNode } from "react";

type StreamedProps = {
  /** Whether the page waits for it, for a browser without scripts. */ isAwaited: boolean;
  fallback: ReactNode;
  children: ReactNode;
};

/** What arrives after the page stands. A script puts it in its place; without one the page waits for it. */
export function Streamed({ isAwaited, fallback, children }: StreamedProps) {
  return isAwaited ? children : <Suspense fallback={fallback}>{children}</Suspense>;
}
