import type { ReactNode } from "react";
import { Mark } from "#components/ui/mark.tsx";
import { Plate } from "#components/ui/plate.tsx";

type BareFormPlateProps = {
  title: string;
  lead?: ReactNode;
  action: string;
  hidden?: Record<string, string>;
  after?: ReactNode;
  children: ReactNode;
};

/** Shows a single form on its own page, for the steps around signing in. */
export function BareFormPlate({ title, lead, action, hidden = {}, after, children }: BareFormPlateProps) {
  return (
    <Plate edge="legrand" className="p-5 pt-6 sm:p-8">
      <Mark party="legrand" />
      <h1 className="mt-4 text-xl">{title}</h1>
      {lead && <p className="mt-1 text-ink-muted">{lead}</p>}
      {/* noValidate: we describe errors in our own words, in a summary that takes the focus. */}
      <form method="post" action={action} noValidate className="mt-5 grid gap-4">
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
      </form>
      {after && <p className="mt-4 text-sm text-ink-muted">{after}</p>}
    </Plate>
  );
}
