import type { ComponentProps } from "react";
import { Notice } from "#components/ui/notice.tsx";

/**
 * Shows the result of a form on the next page. Takes the focus with the browser's own `autofocus`, because a
 * screen reader does not announce what is present when a page loads, and the pressed button is often gone. It
 * has no focus ring, because there is nothing to press.
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
