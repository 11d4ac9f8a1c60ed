"use client";

import { useEffect } from "react";

/** After this time a form can be sent again. It is longer than any answer takes, and ends a lost one. */
const PATIENCE_MS = 20_000;

/**
 * Makes every submit button of the page busy at once, and ignores a second press while the first is under way.
 * Until the answer arrives, `globals.css` draws a line at the top of the window. A download does not leave the
 * page, so its form has `data-stays`.
 */
export function SubmitFeedback() {
  useEffect(() => {
    const busy = new Map<HTMLFormElement, { submitter: HTMLElement | null; timer: number }>();
    const end = (form: HTMLFormElement) => {
      const { submitter, timer } = busy.get(form)!;
      clearTimeout(timer);
      submitter?.removeAttribute("aria-busy");
      form.removeAttribute("data-sent");
      busy.delete(form);
    };
    const onSubmit = (event: SubmitEvent) => {
      const form = event.target as HTMLFormElement;
      if (event.defaultPrevented || "stays" in form.dataset) return;
      if (busy.has(form)) return event.preventDefault();
      const { submitter } = event;
      submitter?.setAttribute("aria-busy", "true");
      form.setAttribute("data-sent", "");
      busy.set(form, { submitter, timer: window.setTimeout(() => end(form), PATIENCE_MS) });
    };
    // After the back button the page is shown as it was left.
    const onShow = () => [...busy.keys()].forEach(end);
    document.addEventListener("submit", onSubmit);
    addEventListener("pageshow", onShow);
    return () => {
      document.removeEventListener("submit", onSubmit);
      removeEventListener("pageshow", onShow);
    };
  }, []);
  return null;
}
