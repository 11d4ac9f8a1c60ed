"use client";

import { useEffect, useRef, type ReactNode } from "react";

type OnceFormProps = { action: string; className: string; children: ReactNode };

/** A form that a double click sends once: the second answer would be about what the first one has deleted. */
export function OnceForm({ action, className, children }: OnceFormProps) {
  const isSent = useRef(false);
  useEffect(() => {
    // Back from the next page, it may be sent again.
    const reset = () => {
      isSent.current = false;
    };
    addEventListener("pageshow", reset);
    return () => removeEventListener("pageshow", reset);
  }, []);
  return (
    <form
      method="post"
      action={action}
      className={className}
      onSubmit={(event) => {
        if (isSent.current) event.preventDefault();
        isSent.current = true;
      }}
    >
      {children}
    </form>
  );
}
