"use client";

import { useEffect, useRef, type MouseEvent } from "react";

import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field-error.tsx";
import type { ReplyUrlProblem } from "#lib/legrand/reply-urls/reply-url-schema.ts";

type ReplyUrlFieldProps = {
  number: number;
  url: string;
  problem: ReplyUrlProblem | null;
  onType: (url: string) => void;
  onPause: () => void;
  onRepair: (url: string) => void;
  onRemove: () => void;
};

const PAUSE_MS = 900;
/** The delay after the field loses the focus, for example to a button below. */
const LEAVE_MS = 250;
const INPUT =
  "col-span-2 row-start-2 h-10 w-full min-w-0 rounded-control sm:col-span-1 border border-border-strong bg-surface px-3 font-mono text-sm transition-colors hover:border-ink " +
  "aria-invalid:border-danger aria-invalid:inset-ring aria-invalid:inset-ring-danger pointer-coarse:h-11 pointer-coarse:text-[1rem]";

/**
 * Edits one reply URL. The input is uncontrolled, so that text typed before the script arrives stays; React
 * only reads it.
 */
export function ReplyUrlField({
  number,
  url,
  problem,
  onType,
  onPause,
  onRepair,
  onRemove,
}: ReplyUrlFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const id = `reply-url-${number}`;
  const pauseIn = usePause(onPause);
  const repair = (event: MouseEvent, repaired: string) => {
    event.preventDefault();
    input.current!.value = repaired;
    input.current!.focus();
    // Informs listeners of the form, such as the autosave.
    input.current!.dispatchEvent(new Event("input", { bubbles: true }));
    onRepair(repaired);
  };
  useEffect(() => {
    if (input.current && input.current.value !== url) {
      onType(input.current.value);
      pauseIn(PAUSE_MS);
    }
    // Runs once, for text that was typed before the script arrived.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    // On a phone, the button is above, next to the label, because an address needs the full width.
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1.5">
      <label htmlFor={id} id={`${id}-label`} className="font-semibold">{`Reply URL ${number}`}</label>
      <input
        ref={input}
        id={id}
        name="reply_url"
        defaultValue={url}
        className={INPUT}
        type="text"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-error` : undefined}
        onInput={(event) => {
          onType(event.currentTarget.value);
          pauseIn(PAUSE_MS);
        }}
        onBlur={() => pauseIn(LEAVE_MS)}
      />
      <Button
        variant="secondary"
        className="sm:row-start-2"
        name="remove"
        value={number}
        aria-describedby={`${id}-label`}
        onClick={(event) => {
          event.preventDefault();
          onRemove();
        }}
      >
        Remove
      </Button>
      <div aria-live="polite" className="col-span-2 grid justify-items-start gap-2 empty:hidden">
        {problem && <FieldError id={`${id}-error`} message={problem.message} />}
        {problem?.repaired && (
          <Button
            variant="secondary"
            name="repair"
            value={number}
            className="max-w-full text-left"
            onClick={(event) => repair(event, problem.repaired!)}
          >
            <span className="min-w-0">
              Use <span className="font-mono text-sm font-normal wrap-anywhere">{problem.repaired}</span>
            </span>
          </Button>
        )}
      </div>
    </div>
  );
}

/** Returns a function that calls `onPause` after a delay, unless it is called again first. */
function usePause(onPause: () => void): (milliseconds: number) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const pauseIn = (milliseconds: number) => {
    clearTimeout(timer.current);
    // A message that appears while a button below is pressed would move the button away from the pointer, and
    // the click would be lost.
    timer.current = setTimeout(
      () => (document.querySelector("button:active") ? pauseIn(LEAVE_MS) : onPause()),
      milliseconds,
    );
  };
  return pauseIn;
}
