import type { ReactNode } from "react";
import type { DrawingName } from "#components/ui/drawing.tsx";
import { MessagePlate } from "#components/ui/message-page.tsx";

type ConnectionErrorViewProps = {
  code: string;
  title: string;
  explanation: string;
  /** The button or link for the next step. */
  next: ReactNode;
};

/** The drawing of a problem by its code. All others have the cut wire. */
const DRAWINGS: Partial<Record<string, DrawingName>> = {
  denied: "denied",
  refused_by_legrand: "denied",
  not_admitted: "denied",
  stale: "expired",
  code: "expired",
  no_home: "no-home",
};

export function ConnectionErrorView({ code, title, explanation, next }: ConnectionErrorViewProps) {
  return (
    <div className="m-auto w-full max-w-column">
      <MessagePlate
        edge="connect"
        code={code}
        drawing={DRAWINGS[code] ?? "failed"}
        title={title}
        actions={next}
      >
        <p>{explanation}</p>
      </MessagePlate>
    </div>
  );
}
