import type { ReactNode } from "react";

import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";

type FactsPlateProps = {
  title: string;
  /** The address where these facts are changed. */
  edit?: string;
  rows?: { term: string; value: ReactNode }[];
  children?: ReactNode;
};

/** Shows a group of facts about an application, with a link to change them. */
export function FactsPlate({ title, edit, rows, children }: FactsPlateProps) {
  return (
    <Plate as="section">
      <div className="flex items-center justify-between gap-4 border-b border-border px-5 py-2.5">
        <h2 className="text-md">{title}</h2>
        {edit && (
          <a href={edit} className="flex min-h-6 items-center pointer-coarse:min-h-11">
            Edit<span className="sr-only"> {title.toLowerCase()}</span>
          </a>
        )}
      </div>
      {rows && <DefinitionList rows={rows} />}
      {children}
    </Plate>
  );
}
