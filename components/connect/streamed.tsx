import { Suspense, type ReactNode } from "react";

type StreamedProps = {
  /** True if the page waits for the content, for a browser without scripts. */
  isAwaited: boolean;
  fallback: ReactNode;
  children: ReactNode;
};

/**
 * Streams content after the rest of the page. A script inserts it. Without scripts, the page waits for it.
 */
export function Streamed({ isAwaited, fallback, children }: StreamedProps) {
  return isAwaited ? children : <Suspense fallback={fallback}>{children}</Suspense>;
}
