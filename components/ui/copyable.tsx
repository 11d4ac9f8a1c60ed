"use client";

import { useRef, useState, useSyncExternalStore, type RefObject } from "react";

import { Button } from "#components/ui/button.tsx";

type CopyableProps = {
  /**
   * What the value is, such as "Client ID"; the button is then "Copy Client ID" to whoever cannot see what it
   * stands beside.
   */
  label: string;
  value: string;
  /** Where the label already stands beside it, as in a definition list. */
  hideLabel?: boolean;
  /** Keeps the line breaks of a value of several lines, such as a block of settings. */
  multiline?: boolean;
};

const VALUE = "min-w-0 rounded-control border border-border bg-sunken px-3 py-2 font-mono text-sm";

const never = () => () => {};

/**
 * A value that a machine compares, and a button that copies it. Without script the value can be selected, and
 * there is no button.
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
    // On plain http in a home network there is no clipboard to write to.
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
