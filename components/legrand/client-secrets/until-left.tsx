"use client";

import { useEffect, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";

/**
 * Shows its content until the page is left. Browsers keep whole pages for their back button, even with
 * `no-store`, so the content could be read there again.
 */
export function UntilLeft({ children }: { children: ReactNode }) {
  const [isLeft, setLeft] = useState(false);
  useEffect(() => {
    const leave = () => flushSync(() => setLeft(true));
    const comeBack = ({ persisted }: PageTransitionEvent) => {
      if (persisted) location.reload();
    };
    addEventListener("pagehide", leave);
    addEventListener("pageshow", comeBack);
    return () => {
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", comeBack);
    };
  }, []);
  return isLeft ? null : children;
}
