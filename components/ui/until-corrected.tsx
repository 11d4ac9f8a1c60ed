"use client";

import { useEffect, useRef } from "react";

/**
 * Takes an error away once its field is changed: it spoke of what stood there before. What is new there is
 * judged when it is sent. It stands in the summary, and sees to the messages at the fields too.
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
    // A chosen file is an "input" in all browsers, a choice in a list not in the older ones.
    for (const kind of ["input", "change"]) document.addEventListener(kind, onInput);
    // A field that the person changed before the scripts had loaded.
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
  const message = field.id ? document.getElementById(`${field.id}-error`) : null;
  if (!message) return;
  message.hidden = true;
  field.removeAttribute("aria-invalid");
  const rest = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== message.id);
  field.setAttribute("aria-describedby", rest.join(" "));
}

function forgetInSummary(summary: HTMLElement, field: HTMLElement): void {
  // A list whose rows came or went speaks for all of its fields: their numbers mean others now.
  const speaksOf = (id: string) =>
    field.id === id ||
    field.querySelector(`#${CSS.escape(id)}`) !== null ||
    document.getElementById(id) === null;
  const items = [...summary.querySelectorAll("li")];
  for (const item of items) {
    const id = item.querySelector("a")?.hash.slice(1);
    if (id && speaksOf(id)) item.hidden = true;
  }
  summary.hidden = items.every((item) => item.hidden);
}
