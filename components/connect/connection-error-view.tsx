import type { ReactNode } from "react";
import { MessagePlate } from "#components/ui/message-page.tsx";

type ConnectionErrorViewProps = {
  code: string;
  title: string;
  explanation: string;
  /** The button or link for the next step. */
  next: ReactNode;
};

export function ConnectionErrorView({ code, title, explanation, next }: ConnectionErrorViewProps) {
  return (
    <div className="m-auto w-full max-w-column">
      <MessagePlate edge="connect" code={code} title={title} actions={next}>
        <p>{explanation}</p>
      </MessagePlate>
    </div>
  );
}
