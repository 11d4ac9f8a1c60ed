"use client";

import { useEffect, useState } from "react";

import { ConsentView } from "#components/legrand/interaction/consent-view.tsx";
import type { ConsentApplication } from "#components/legrand/interaction/consent-application.tsx";
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
  const application = useTyped(formId, saved);
  return (
    <section aria-labelledby="preview-title" className="min-w-0">
      <h2 id="preview-title" className="mb-1 text-md">
        How people will see it
      </h2>
      <p className="mb-3 text-sm text-ink-muted">The consent page, with what you type.</p>
      <div inert aria-hidden="true" className="max-w-column wrap-anywhere select-none">
        <ConsentView
          action=""
          notYouAction=""
          application={withPlaceholders(application)}
          account={account}
          scopes={scopes}
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

function useTyped(formId: string, saved: ConsentApplication): ConsentApplication {
  const [application, setApplication] = useState(saved);
  useEffect(() => {
    const form = document.getElementById(formId) as HTMLFormElement | null;
    if (!form) return;
    const read = () => setApplication((before) => ({ ...before, ...readWords(form) }));
    const readFile = () =>
      void readLogo(form).then((logoUrl) =>
        setApplication((before) => ({ ...before, logoUrl: logoUrl ?? saved.logoUrl })),
      );
    // A browser that returns to the page may have restored typed text already.
    read();
    form.addEventListener("input", read);
    form.addEventListener("change", readFile);
    return () => {
      form.removeEventListener("input", read);
      form.removeEventListener("change", readFile);
    };
  }, [formId, saved]);
  return application;
}

function readWords(form: HTMLFormElement): Omit<ConsentApplication, "logoUrl"> {
  const data = new FormData(form);
  const word = (name: string) => {
    const value = data.get(name);
    return typeof value === "string" ? value : "";
  };
  return { name: word("name"), description: word("description"), vendor: word("vendor"), url: word("url") };
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
