import type { ReactNode } from "react";

import { ApplicationLogo } from "#components/legrand/applications/application-logo.tsx";
import { ApplicationStatus } from "#components/legrand/applications/application-status.tsx";
import { ApplicationTabs } from "#components/legrand/applications/application-tabs.tsx";
import { Breadcrumb } from "#components/ui/breadcrumb.tsx";
import type { ApplicationTab } from "#lib/legrand/applications/application-path.ts";

type ApplicationFrameProps = {
  application: {
    clientId: string;
    name: string;
    logoPath: string | null;
    state: "active" | "suspended";
  };
  /** The tab that the page is, or belongs to. */
  tab: ApplicationTab;
  /** The title of a page that belongs to a tab, such as a question. A tab's own page has the name as its title. */
  title?: string;
  children: ReactNode;
};

/** Lays out every page of one application: its name and state, the tabs, and the content below them. */
export function ApplicationFrame({ application, tab, title, children }: ApplicationFrameProps) {
  const { clientId, name, logoPath, state } = application;
  const Name = title === undefined ? "h1" : "p";
  return (
    <div className="grid grid-cols-1 gap-5">
      <div>
        <Breadcrumb above={[{ word: "My Applications", href: "/legrand/applications" }]} />
        <div className="flex items-center gap-4">
          <ApplicationLogo name={name} logoPath={logoPath} />
          <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
            <Name className="text-xl wrap-anywhere">{name}</Name>
            <ApplicationStatus state={state} />
          </div>
        </div>
        <div className="mt-3">
          <ApplicationTabs clientId={clientId} current={tab} isPage={title === undefined} />
        </div>
      </div>
      {title !== undefined && <h1 className="text-lg wrap-anywhere">{title}</h1>}
      {children}
    </div>
  );
}
