import type { ReactNode } from "react";

type Crumb = { word: string; href: string };

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
      <nav aria-label="Breadcrumb" className="mb-1 text-sm text-ink-muted">
        <ol className="flex flex-wrap gap-x-2">
          {[top, ...above].map(({ word, href }, index) => (
            <li key={href} className="flex min-w-0 gap-x-2">
              {index > 0 && <span aria-hidden="true">/</span>}
              <a href={href} className="inline-block min-h-6 wrap-anywhere pointer-coarse:min-h-11 pointer-coarse:content-center">{word}</a>
            </li>
          ))}
        </ol>
      </nav>
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
