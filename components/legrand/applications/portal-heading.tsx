import type { ReactNode } from "react";

import { Breadcrumb, type Crumb } from "#components/ui/breadcrumb.tsx";

type PortalHeadingProps = {
  title: string;
  /** Where the page belongs; My Applications unless told. */
  top?: Crumb;
  /** The pages between that one and this one. */
  above?: Crumb[];
  logo?: ReactNode;
  children?: ReactNode;
};

const TOP = { word: "My Applications", href: "/legrand/applications" };

/** The way back, the one title of the page, and what belongs beside it. */
export function PortalHeading({ title, top = TOP, above = [], logo, children }: PortalHeadingProps) {
  return (
    <div className="mb-6">
      <Breadcrumb above={[top, ...above]} />
      <div className="flex items-center gap-4">
        {logo}
        <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="text-xl wrap-anywhere">{title}</h1>
          {children}
        </div>
      </div>
    </div>
  );
}
