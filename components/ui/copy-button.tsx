"use client";

import { useState, useSyncExternalStore, type RefObject } from "react";

import { Button, type ButtonVariant } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

type CopyButtonProps = {
  /** The name of the value. A screen reader reads the button as "Copy", then this name. */
  label: string;
  value: string;
  /** The element with the value, which is selected if the browser offers no clipboard. */
  shown: RefObject<HTMLElement | null>;
  /** The visible words: "Copy", or the whole name, such as "Copy secret". Without any the button is an icon. */
  word?: string;
  variant?: ButtonVariant;
};

const never = () => () => {};

/** Copies a value, and says so politely. Without scripts there is no button: the value can be selected. */
export function CopyButton(props: CopyButtonProps) {
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return hasScript && <Copier {...props} />;
}

const WORDS = { ready: null, copied: "Copied", selected: "Selected" } as const;
const SPOKEN = { ready: "", copied: "copied", selected: "is selected: copy it with the keyboard" } as const;

function Copier({ label, value, shown, word, variant = "secondary" }: CopyButtonProps) {
  const [state, setState] = useState<keyof typeof WORDS>("ready");
  const copy = async () => {
    const copied = await copyText(value);
    if (!copied) getSelection()?.selectAllChildren(shown.current!);
    setState(copied ? "copied" : "selected");
  };
  const events = { onClick: () => void copy(), onBlur: () => setState("ready") };
  const name = <span className="sr-only"> {label}</span>;
  return (
    <>
      {word ? (
        <Button type="button" variant={variant} className="min-w-24 flex-none" {...events}>
          <span>
            {WORDS[state] ?? word}
            {(state !== "ready" || word === "Copy") && name}
          </span>
        </Button>
      ) : (
        <button
          type="button"
          title={WORDS[state] ?? "Copy"}
          className="grid size-7 flex-none cursor-pointer place-items-center rounded-control text-ink-muted transition-colors hover:bg-border hover:text-ink pointer-coarse:size-11"
          {...events}
        >
          <Icon name={state === "copied" ? "check" : "copy"} className="size-4" />
          <span className="sr-only">
            {WORDS[state] ?? "Copy"}
            {name}
          </span>
        </button>
      )}
      <span role="status" className="sr-only">
        {SPOKEN[state] && `${label} ${SPOKEN[state]}`}
      </span>
    </>
  );
}

/** Returns false if the browser offers no clipboard, as on plain http in a home network. */
async function copyText(text: string): Promise<boolean> {
  if (!window.isSecureContext) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
