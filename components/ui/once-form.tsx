"use client";

import { useEffect, useRef, type ReactNode } from "react";

type OnceFormProps = { action: string; className: string; children: ReactNode };

/**
 * Submits a form only once on a double click. A second answer would concern what the first one has deleted.
 */
export function OnceForm({ action, className, children }: OnceFormProps) {
  const isSent = useRef(false);
  useEffect(() => {
    // After the back button, the form may be submitted again.
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
