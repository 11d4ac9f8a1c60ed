import type { ReactNode } from "react";
import { AccountConnectForm, DisconnectForm } from "#components/connect/forms.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Plate } from "#components/ui/plate.tsx";

type AccountViewProps = {
  id: string;
  /** The account's name or, if it is unknown, another value that identifies the account. */
  title: string;
  /** The e-mail address, if the title is not already the address. */
  email: string | null;
  indicator: ReactNode;
  strip: ReactNode;
  homes: ReactNode;
  granted: ReactNode;
  notGranted: ReactNode;
  facts: ReactNode;
  /** True if rarely used parts are folded away. */
  isCompact: boolean;
};

/** Shows one linked account in its own region, so that several accounts on a page stay separate. */
export function ConnectedAccountView({
  id,
  title,
  email,
  indicator,
  strip,
  homes,
  granted,
  notGranted,
  facts,
  isCompact,
}: AccountViewProps) {
  const details = (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid grid-cols-1 items-start gap-5 md:grid-cols-2">
        <Plate>
          {granted}
          <div className="grid justify-items-start gap-3 border-t border-border p-5">
            <p className="text-sm text-ink-muted">
              You choose again at Legrand. Your new choice replaces the current one.
            </p>
            <AccountConnectForm accountId={id} intent="change" label="Change permissions" />
          </div>
        </Plate>
        <Plate>{notGranted}</Plate>
      </div>
      <Plate>
        <h3 className="border-b border-border px-5 py-4 text-md">This connection</h3>
        {facts}
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4 border-t border-border p-5">
          <p className="min-w-0 flex-1 basis-72 text-sm text-ink-muted">
            You will be asked to confirm. You can connect the account again later.
          </p>
          <DisconnectForm id={id} />
        </div>
      </Plate>
    </div>
  );
  return (
    <section aria-labelledby={`account-${id}`} className="grid grid-cols-1 gap-5">
      <Plate edge="connect" className="pt-[3px]">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-4">
          <Avatar name={title} />
          <div className="min-w-0 flex-1">
            <h2 id={`account-${id}`} className="text-md wrap-anywhere">
              {title}
            </h2>
            {email && <p className="text-sm wrap-anywhere text-ink-muted">{email}</p>}
          </div>
          {indicator}
        </div>
        {strip}
      </Plate>
      {homes}
      {isCompact ? (
        <details>
          <summary className="min-h-6 py-1 font-medium">Permissions and connection</summary>
          <div className="mt-3">{details}</div>
        </details>
      ) : (
        details
      )}
    </section>
  );
}
