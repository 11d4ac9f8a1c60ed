"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const EVERY_MS = 2_000;

/** Refreshes the page every two seconds while it is visible. Without scripts, the link does this. */
export function LookAgain({ href }: { href: string }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <a
      href={href}
      className="inline-block min-h-6 text-sm pointer-coarse:min-h-11 pointer-coarse:content-center"
    >
      Look again
    </a>
  );
}
