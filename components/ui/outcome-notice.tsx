import type { ComponentProps } from "react";
import { Notice } from "#components/ui/notice.tsx";

/**
 * What came of a form, on the page that follows. It takes the focus, by the browser's own `autofocus`: what
 * is there when a page loads is no news to a screen reader, and the button that was pressed is often gone. No
 * ring, for there is nothing to press.
 */
export function OutcomeNotice({ tone, children }: ComponentProps<typeof Notice>) {
  return (
    <Notice tone={tone}>
      <p role="status" tabIndex={-1} autoFocus className="outline-none">
        {children}
      </p>
    </Notice>
  );
}
