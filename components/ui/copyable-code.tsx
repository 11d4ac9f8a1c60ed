"use client";

import { useRef } from "react";

import { CopyButton } from "#components/ui/copy-button.tsx";

/** Shows a value for machines in one line, cut on a phone, with a small button that copies all of it. */
export function CopyableCode({ label, value }: { label: string; value: string }) {
  const shown = useRef<HTMLElement>(null);
  return (
    <span className="flex min-h-7 max-w-full items-center gap-1.5">
      <code ref={shown} className="min-w-0 max-md:truncate">
        {value}
      </code>
      <CopyButton label={label} value={value} shown={shown} />
    </span>
  );
}
