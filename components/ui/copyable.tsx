"use client";

import { useRef, useState, useSyncExternalStore, type RefObject } from "react";

import { Button } from "#components/ui/button.tsx";

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
};

const VALUE = "min-w-0 rounded-control border border-border bg-sunken px-3 py-2 font-mono text-sm";

const never = () => () => {};

/**
 * Shows a value for machines, with a button that copies it. Without scripts there is no button, and the value
 * can be selected.
 */
export function Copyable({ label, value, hideLabel, multiline }: CopyableProps) {
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const shown = useRef<HTMLElement>(null);
  return (
    <div className="grid grid-cols-1 gap-1.5">
      {!hideLabel && <span className="font-semibold">{label}</span>}
      <div className="flex flex-wrap items-start gap-2">
        {multiline ? (
          <pre
            ref={shown as RefObject<HTMLPreElement>}
            role="group"
            aria-label={label}
            tabIndex={0}
            className={`w-full overflow-x-auto ${VALUE}`}
          >
            {value}
          </pre>
        ) : (
          <code
            ref={shown}
            role="group"
            aria-label={label}
            className={`flex min-h-10 flex-auto items-center select-all ${VALUE}`}
          >
            {value}
          </code>
        )}
        {hasScript && <CopyButton label={label} value={value} shown={shown} />}
      </div>
    </div>
  );
}

const WORDS = { ready: "Copy", copied: "Copied", selected: "Selected" } as const;
const SPOKEN = { ready: "", copied: "copied", selected: "is selected: copy it with the keyboard" } as const;

function CopyButton({
  label,
  value,
  shown,
}: {
  label: string;
  value: string;
  shown: RefObject<HTMLElement | null>;
}) {
  const [state, setState] = useState<keyof typeof WORDS>("ready");
  const copy = async () => {
    // On plain http in a home network, the browser offers no clipboard.
    const copied =
      window.isSecureContext &&
      (await navigator.clipboard.writeText(value).then(
        () => true,
        () => false,
      ));
    if (!copied) getSelection()?.selectAllChildren(shown.current!);
    setState(copied ? "copied" : "selected");
  };
  return (
    <>
      <Button
        type="button"
        variant="secondary"
        className="min-w-24"
        onClick={() => void copy()}
        onBlur={() => setState("ready")}
      >
        <span>
          {WORDS[state]}
          <span className="sr-only"> {label}</span>
        </span>
      </Button>
      <span role="status" className="sr-only">
        {SPOKEN[state] && `${label} ${SPOKEN[state]}`}
      </span>
    </>
  );
}
