import type { ReactNode } from "react";

import { Breadcrumb, type Crumb } from "#components/ui/breadcrumb.tsx";

type PortalHeadingProps = {
  title: string;
  /** The top page of the breadcrumb; My Applications by default. */
  top?: Crumb;
  /** The pages between `top` and this page. */
  above?: Crumb[];
  logo?: ReactNode;
  children?: ReactNode;
};

const TOP = { word: "My Applications", href: "/legrand/applications" };

/** Shows the breadcrumb, the page's only title, and what belongs next to it. */
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
