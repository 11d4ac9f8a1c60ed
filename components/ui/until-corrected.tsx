"use client";

import { useEffect, useRef } from "react";

/**
 * Hides an error when its field changes, because the error describes the old value. The new value is checked
 * when the form is sent. Rendered in the summary, it also hides the messages at the fields.
 */
export function UntilCorrected() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const summary = place.current?.parentElement;
    if (!summary) return;
    const onInput = ({ target }: Event) => {
      if (!(target instanceof HTMLElement)) return;
      forget(target);
      forgetInSummary(summary, target);
    };
    // Choosing a file fires "input" in all browsers, choosing from a list does not in the older ones.
    for (const kind of ["input", "change"]) document.addEventListener(kind, onInput);
    // The person may have changed a field before the scripts loaded.
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      "input[aria-invalid], textarea[aria-invalid]",
    )) {
      if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return () => {
      for (const kind of ["input", "change"]) document.removeEventListener(kind, onInput);
    };
  }, []);
  return <span ref={place} hidden />;
}

function forget(field: HTMLElement): void {
  // The error of a group of checkboxes belongs to their fieldset.
  for (const one of [field, field.closest("fieldset")]) {
    const message = one?.id ? document.getElementById(`${one.id}-error`) : null;
    if (!one || !message) continue;
    message.hidden = true;
    one.removeAttribute("aria-invalid");
    const rest = (one.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== message.id);
    one.setAttribute("aria-describedby", rest.join(" "));
  }
}

function forgetInSummary(summary: HTMLElement, field: HTMLElement): void {
  // If rows of a list were added or removed, the list hides the errors of all its fields, because their
  // numbers have changed.
  const speaksOf = (id: string) =>
    field.id === id ||
    field.closest("fieldset")?.id === id ||
    field.querySelector(`#${CSS.escape(id)}`) !== null ||
    document.getElementById(id) === null;
  const items = [...summary.querySelectorAll("li")];
  for (const item of items) {
    const id = item.querySelector("a")?.hash.slice(1);
    if (id && speaksOf(id)) item.hidden = true;
  }
  summary.hidden = items.every((item) => item.hidden);
}
