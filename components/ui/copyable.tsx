"use client";

import { useRef, type ReactNode, type RefObject } from "react";

import type { ButtonVariant } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";

type CopyableProps = {
  /**
   * The name of the value, such as "Client ID". A screen reader then reads the button as "Copy Client ID".
   */
  label: string;
  value: string;
  /** True if the label is already next to the value, as in a definition list. */
  hideLabel?: boolean;
  /** Keeps the line breaks of a multi-line value, such as a block of settings. */
  multiline?: boolean;
  /** The visible word and the weight of the button. */
  button?: { word: string; variant: ButtonVariant };
  /** True on a coloured plate, where the value has the colour of a field. */
  isField?: boolean;
  /** Another control for the value, at the end of its row. */
  after?: ReactNode;
};

const VALUE = "min-w-0 rounded-control border px-3 py-2 font-mono text-sm";

/**
 * Shows a value for machines, with a button beside it that copies it. If there is little room, the button is below.
 * Without scripts there is no button, and the value can be selected.
 */
export function Copyable({
  label,
  value,
  hideLabel,
  multiline,
  button = { word: "Copy", variant: "secondary" },
  isField,
  after,
}: CopyableProps) {
  const shown = useRef<HTMLElement>(null);
  const look = `${VALUE} ${isField ? "border-border-strong bg-surface" : "border-border bg-sunken"}`;
  return (
    <div className="@container grid grid-cols-1 gap-1.5">
      {!hideLabel && <span className="font-semibold">{label}</span>}
      <div className="flex flex-wrap items-start justify-end gap-2 @min-[32rem]:flex-nowrap">
        {multiline ? (
          <pre
            ref={shown as RefObject<HTMLPreElement>}
            role="group"
            aria-label={label}
            tabIndex={0}
            className={`w-full overflow-x-auto @min-[32rem]:w-auto @min-[32rem]:flex-1 ${look}`}
          >
            {value}
          </pre>
        ) : (
          <code
            ref={shown}
            role="group"
            aria-label={label}
            className={`flex min-h-10 flex-auto items-center select-all ${look}`}
          >
            {value}
          </code>
        )}
        <CopyButton label={label} value={value} shown={shown} {...button} />
        {after}
      </div>
    </div>
  );
}
