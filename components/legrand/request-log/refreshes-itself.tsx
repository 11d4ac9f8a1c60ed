"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useSyncExternalStore } from "react";

import { ButtonLink, Button } from "#components/ui/button.tsx";

const EVERY_MS = 2_000;
const never = () => () => {};

/**
 * Refreshes the page every two seconds while it is visible, and can be paused (WCAG 2.2.2). Without scripts,
 * there is only the link.
 */
export function RefreshesItself({ href }: { href: string }) {
  const router = useRouter();
  const [isPaused, setPaused] = useState(false);
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  useEffect(() => {
    if (isPaused) return;
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [router, isPaused]);
  return hasScript ? (
    <Button type="button" variant="secondary" onClick={() => setPaused(!isPaused)}>
      {isPaused ? "Resume updates" : "Pause updates"}
    </Button>
  ) : (
    <ButtonLink variant="secondary" href={href}>
      Refresh
    </ButtonLink>
  );
}
