"use client";

import { useEffect, useState } from "react";

import { ConsentView } from "#components/legrand/interaction/consent-view.tsx";
import type { ConsentApplication } from "#components/legrand/interaction/consent-application.tsx";
import { SCOPE_LEVELS, type TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import { previewScopes } from "#lib/legrand/editing/preview-scopes.ts";
import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";

type ConsentPreviewProps = {
  /** The id of the form whose fields the preview shows. */
  formId: string;
  /** The last saved values. Without scripts, the preview shows only these. */
  saved: ConsentApplication;
  scopes: ConsentScope[];
  returnHost: string;
  account: { name: string; email: string };
  lifetime: string;
};

/**
 * Shows the consent page as people will see it, updated while the developer types. It is inert: nothing in it
 * can be pressed or focused.
 */
export function ConsentPreview({
  formId,
  saved,
  scopes,
  returnHost,
  account,
  lifetime,
}: ConsentPreviewProps) {
  const { application, scopes: shownScopes } = useTyped(formId, { application: saved, scopes });
  return (
    <section aria-labelledby="preview-title" className="min-w-0">
      <h2 id="preview-title" className="mb-1 text-md">
        How people will see it
      </h2>
      <p className="mb-3 text-sm text-ink-muted">The consent page, with what you type.</p>
      <div inert aria-hidden="true" className="max-w-column wrap-anywhere select-none">
        <ConsentView
          isPreview
          action=""
          notYouAction=""
          application={withPlaceholders(application)}
          account={account}
          scopes={shownScopes}
          alreadyGranted={[]}
          lifetime={lifetime}
          returnHost={returnHost}
        />
      </div>
    </section>
  );
}

const withPlaceholders = ({
  name,
  vendor,
  description,
  ...rest
}: ConsentApplication): ConsentApplication => ({
  ...rest,
  name: name.trim() || "Your application",
  vendor: vendor.trim() || "Your company",
  description: description.trim() || "Your description appears here.",
});

type Shown = { application: ConsentApplication; scopes: ConsentScope[] };

function useTyped(formId: string, saved: Shown): Shown {
  const [application, setApplication] = useState(saved.application);
  const [scopes, setScopes] = useState(saved.scopes);
  const { logoUrl: savedLogo } = saved.application;
  useEffect(() => {
    const form = document.getElementById(formId) as HTMLFormElement | null;
    if (!form) return;
    const read = () => {
      setApplication((before) => ({ ...before, ...readWords(form) }));
      setScopes((before) => readScopes(form) ?? before);
    };
    const readFile = () =>
      void readLogo(form).then((logoUrl) =>
        setApplication((before) => ({ ...before, logoUrl: logoUrl ?? savedLogo })),
      );
    // A browser that returns to the page may have restored typed text already.
    read();
    form.addEventListener("input", read);
    form.addEventListener("change", readFile);
    return () => {
      form.removeEventListener("input", read);
      form.removeEventListener("change", readFile);
    };
  }, [formId, savedLogo]);
  return { application, scopes };
}

/** Returns the words that the form has. The step of the scopes has none of them. */
function readWords(form: HTMLFormElement): Partial<ConsentApplication> {
  const data = new FormData(form);
  const words = ["name", "description", "vendor", "url"].flatMap((name) => {
    const value = data.get(name);
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(words);
}

function textIn(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
}

/** Returns the ticked scopes with their levels and reasons, or null if the form has no scopes. */
function readScopes(form: HTMLFormElement): ConsentScope[] | null {
  const data = new FormData(form);
  const chosen = data.getAll("scope").filter((scope) => typeof scope === "string");
  if (chosen.length === 0) return null;
  const terms = chosen.map((scope) => [
    scope,
    {
      level: SCOPE_LEVELS.find((level) => level === data.get(`level.${scope}`)) ?? "suggested",
      reason: textIn(data, `reason.${scope}`),
    },
  ]);
  return previewScopes(chosen, Object.fromEntries(terms) as TermsByScope);
}

/** Reads the chosen picture as a data: address, because the content security policy allows no blob:. */
function readLogo(form: HTMLFormElement): Promise<string | null> {
  const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
  if (!file?.type.startsWith("image/")) return Promise.resolve(null);
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}
