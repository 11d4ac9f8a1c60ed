"use client";

import { useEffect, useRef, useState } from "react";

import { putBackTyped, readTyped, rememberTyped } from "#components/legrand/editing/unsaved-words.ts";

const PAUSE_MS = 500;
const WORDS = { idle: "", saving: "Saving …", saved: "Saved as a draft", failed: "Not saved yet" } as const;

/**
 * Saves the surrounding form while the developer types, so that a closed window loses nothing. Without
 * scripts, only submitted text is saved. The first save creates the draft and puts its id into the address,
 * so that a reload finds it.
 */
export function Autosave({ action }: { action: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const [state, setState] = useState<keyof typeof WORDS>("idle");
  useEffect(() => {
    const form = place.current?.closest("form");
    return form ? watch(form, action, setState) : undefined;
  }, [action]);
  return (
    <span ref={place} className="text-sm text-ink-muted">
      {WORDS[state]}
    </span>
  );
}

function watch(form: HTMLFormElement, action: string, show: (state: keyof typeof WORDS) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;
  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    await saving;
    show("saving");
    saving = send(form, action).then((isSaved) => {
      show(isSaved ? "saved" : "failed");
      saving = null;
    });
    await saving;
  };
  const onInput = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), PAUSE_MS);
  };
  // The page may close before the answer arrives, and reload before the server has read the request.
  const onLeave = () => {
    if (timer === undefined && !saving) return;
    clearTimeout(timer);
    timer = undefined;
    rememberTyped(form);
    void send(form, action, { keepalive: true });
  };
  const onSubmit = (event: SubmitEvent) => {
    clearTimeout(timer);
    timer = undefined;
    if (!saving) return;
    // An older save that arrives after the form would overwrite it.
    event.preventDefault();
    const { submitter } = event;
    void saving.then(() => form.requestSubmit(submitter));
  };
  form.addEventListener("input", onInput);
  form.addEventListener("submit", onSubmit);
  const ends = ["beforeunload", "pagehide"] as const;
  for (const end of ends) window.addEventListener(end, onLeave);
  if (putBackTyped(form)) onInput();
  return () => {
    clearTimeout(timer);
    form.removeEventListener("input", onInput);
    form.removeEventListener("submit", onSubmit);
    for (const end of ends) window.removeEventListener(end, onLeave);
  };
}

async function send(form: HTMLFormElement, action: string, options: RequestInit = {}): Promise<boolean> {
  try {
    const answer = await fetch(action, {
      method: "POST",
      body: readTyped(form),
      redirect: "error",
      ...options,
    });
    if (!answer.ok) return false;
    const { draft } = (await answer.json()) as { draft: string | null };
    if (draft) adopt(form, draft);
    return true;
  } catch {
    return false;
  }
}

/** Switches the form to this draft. */
function adopt(form: HTMLFormElement, draft: string): void {
  const ticket = form.elements.namedItem("ticket");
  if (!(ticket instanceof HTMLInputElement)) return;
  ticket.name = "draft";
  ticket.value = draft;
  const address = new URL(location.href);
  address.searchParams.set("draft", draft);
  history.replaceState(history.state, "", address);
}
