import type { ReactNode } from "react";
import { LineDrawing, type DrawingName } from "#components/ui/drawing.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { Party } from "#components/ui/plate.tsx";

type MessagePlateProps = {
  edge?: Party;
  /** A code for machines or the support desk. It comes last, because people need the sentence first. */
  code?: string;
  /** What happened, as a picture. */
  drawing?: DrawingName;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
};

/** Shows a page that explains what happened, what did not, and what to do next. */
export function MessagePlate({ edge, code, drawing, title, children, actions }: MessagePlateProps) {
  return (
    <Plate as="section" edge={edge} className="p-5 pt-6 sm:p-8">
      {drawing ? (
        <LineDrawing name={drawing} party={edge ?? "connect"} className="mb-4 -ml-1" />
      ) : (
        edge && <Mark party={edge} className="mb-4 size-11" />
      )}
      <h1 className="text-xl">{title}</h1>
      <div className="mt-2 grid max-w-text grid-cols-1 gap-4 text-ink-muted">{children}</div>
      {actions && <div className="mt-6 flex flex-wrap items-center gap-3">{actions}</div>}
      {code && (
        <p className="mt-6 text-sm text-ink-subtle">
          Code <code className="wrap-anywhere">{code}</code>
        </p>
      )}
    </Plate>
  );
}
