import { Breakable } from "#components/ui/breakable.tsx";
import { Breadcrumb } from "#components/ui/breadcrumb.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Status } from "#components/ui/status.tsx";
import type { DescribedState } from "#lib/connect/linked-accounts/describe-state.ts";

type InspectedHeadingProps = {
  title: string;
  href: string;
  state: Pick<DescribedState, "tone" | "label" | "sentence">;
  /** The actions that the current user may take on the account now. */
  can: { refresh: boolean; revoke: boolean; signOut: boolean };
};

/** Shows whose account it is, its state, and the possible actions. Each action leads to a question first. */
export function InspectedHeading({ title, href, state, can }: InspectedHeadingProps) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="max-w-text min-w-0 flex-1 basis-96">
        <Breadcrumb above={[{ word: "Linked accounts", href: "/admin/linked-accounts" }]} />
        <h1 className="text-xl wrap-anywhere">
          <Breakable>{title}</Breakable>
        </h1>
        <p className="mt-2">
          <Status tone={state.tone}>{state.label}</Status>
        </p>
        <p className="mt-1 wrap-anywhere text-ink-muted">{state.sentence}</p>
      </div>
      <div className="flex flex-wrap gap-3 empty:hidden">
        {can.refresh && (
          <ButtonLink variant="secondary" href={`${href}/refresh`}>
            Refresh now
          </ButtonLink>
        )}
        {can.signOut && (
          <ButtonLink variant="danger-quiet" href={`${href}/sign-out`}>
            Sign out everywhere
          </ButtonLink>
        )}
        {can.revoke && (
          <ButtonLink variant="danger-quiet" href={`${href}/revoke`}>
            Revoke
          </ButtonLink>
        )}
      </div>
    </div>
  );
}
