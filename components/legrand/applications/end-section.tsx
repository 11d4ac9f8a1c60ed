import type { ReactNode } from "react";

import { ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";

type EndProps = { clientId: string; state: "active" | "suspended" };

/**
 * Leads to the history, and to the pages that suspend or delete the application, which both ask first. A
 * suspended application is resumed in the notice at the top of the page.
 */
export function EndSection({ clientId, state }: EndProps) {
  const path = `/legrand/applications/${clientId}`;
  return (
    <Plate as="section" aria-label="History, suspend or delete" className="divide-y divide-border">
      <Part title="Changes" text="Who changed what, and when.">
        <ButtonLink variant="secondary" href={`${path}/history`}>
          History
        </ButtonLink>
      </Part>
      {state === "active" && (
        <Part title="Suspend" text="Requests are refused until you resume it. Nothing is lost.">
          <ButtonLink variant="secondary" href={`${path}/suspend`}>
            Suspend
          </ButtonLink>
        </Part>
      )}
      <Part title="Delete" text="The application, its secrets, and all access that people granted to it.">
        <ButtonLink variant="danger-quiet" href={`${path}/delete`}>
          Delete application
        </ButtonLink>
      </Part>
    </Plate>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3.5">
      <div className="min-w-0">
        <h2 className="text-md">{title}</h2>
        <p className="text-sm text-ink-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}
