"use client";

import { useEffect, useRef, useState, type RefObject } from "react";

import { Button } from "#components/ui/button.tsx";

/** How many of the form's checkboxes are ticked. `isKnown` is false until the scripts have counted. */
type Ticks = { amount: number; of: number; isKnown: boolean; hasChanged: boolean };

const NO_TICKS: Ticks = { amount: 0, of: 0, isKnown: false, hasChanged: false };

/** Shows the checkbox that selects every account on the page. Without scripts it is invisible. */
export function SelectAll() {
  const box = useRef<HTMLInputElement>(null);
  const { amount, of, isKnown } = useTicks(box);
  const isPart = amount > 0 && amount < of;
  useEffect(() => {
    box.current!.indeterminate = isPart;
  }, [isPart]);
  return (
    <label
      className={`flex min-h-10 cursor-pointer items-center gap-3 pointer-coarse:min-h-11 ${isKnown ? "" : "invisible"}`}
    >
      <input
        ref={box}
        type="checkbox"
        className="checkbox"
        checked={of > 0 && amount === of}
        onChange={({ currentTarget: { form, checked } }) => tickAll(form, checked)}
      />
      <span className="sm:sr-only">Select all on this page</span>
    </label>
  );
}

/**
 * Shows how many accounts are selected and what can be done with them, at the bottom of the window. Without a
 * selection it is empty. The count is announced politely.
 */
export function SelectionBar() {
  const bar = useRef<HTMLDivElement>(null);
  const { amount, hasChanged } = useTicks(bar);
  const clear = () => {
    const form = bar.current!.closest("form");
    const [first] = boxesOf(form);
    tickAll(form, false);
    // The pressed button disappears, so the focus would be lost.
    first?.focus();
  };
  return (
    <div
      ref={bar}
      className={
        amount > 0
          ? "selection-bar z-20 flex flex-wrap items-center gap-2 rounded-plate border border-border-strong bg-surface px-3 py-2.5 shadow-plate after:absolute after:-inset-x-px after:top-full after:mt-px after:h-3 after:bg-canvas sm:gap-3 sm:px-4"
          : "sr-only"
      }
    >
      <p role="status" className="mr-auto font-semibold tabular-nums">
        {amount > 0 ? `${amount} selected` : hasChanged ? "Nothing selected" : ""}
      </p>
      {amount > 0 && (
        <>
          <Button type="submit" variant="danger-quiet" className="max-sm:px-3">
            Revoke…
          </Button>
          <Button type="button" variant="secondary" className="max-sm:px-3" onClick={clear}>
            Clear
          </Button>
        </>
      )}
    </div>
  );
}

/** Follows the checkboxes of the form around this element. */
function useTicks(inside: RefObject<HTMLElement | null>): Ticks {
  const [ticks, setTicks] = useState(NO_TICKS);
  useEffect(() => {
    const form = inside.current?.closest("form");
    const count = (event?: Event) => {
      const boxes = boxesOf(form);
      const amount = boxes.filter(({ checked }) => checked).length;
      setTicks({ amount, of: boxes.length, isKnown: true, hasChanged: event?.type === "change" });
    };
    count();
    form?.addEventListener("change", count);
    // The back button restores ticks without an event.
    addEventListener("pageshow", count);
    return () => {
      form?.removeEventListener("change", count);
      removeEventListener("pageshow", count);
    };
  }, [inside]);
  return ticks;
}

const boxesOf = (form: HTMLFormElement | null | undefined) => [
  ...(form?.querySelectorAll<HTMLInputElement>('input[type="checkbox"][name="id"]') ?? []),
];

function tickAll(form: HTMLFormElement | null, checked: boolean): void {
  for (const box of boxesOf(form)) box.checked = checked;
  form?.dispatchEvent(new Event("change"));
}
