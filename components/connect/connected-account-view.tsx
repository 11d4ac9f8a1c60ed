import type { ReactNode } from "react";
import { DisconnectForm } from "#components/connect/forms.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Breakable } from "#components/ui/breakable.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

type AccountViewProps = {
  id: string;
  /** The account's name or, if it is unknown, another value that identifies the account. */
  title: string;
  /** The e-mail address, if the title is not already the address. */
  email: string | null;
  connectedAt: Date;
  now: Date;
  indicator: ReactNode;
  strip: ReactNode;
  homes: ReactNode;
  granted: ReactNode;
  askForMore: ReactNode;
  facts: ReactNode;
  /** Whether the account opens and closes. If it is the only one, it is always open. */
  fold: "none" | "open" | "closed";
};

/** Shows one linked account in its own region, so that several accounts on a page stay separate. */
export function ConnectedAccountView({ fold, ...account }: AccountViewProps) {
  const content = <Content {...account} />;
  const head = <Head {...account} isFolding={fold !== "none"} />;
  return (
    <section aria-labelledby={`account-${account.id}`}>
      {fold === "none" ? (
        <div className="grid grid-cols-1 gap-3">
          {head}
          {content}
        </div>
      ) : (
        <details open={fold === "open"} className="group/account">
          <summary className="list-none rounded-plate [&::-webkit-details-marker]:hidden">{head}</summary>
          <div className="mt-3 grid grid-cols-1 gap-3">{content}</div>
        </details>
      )}
    </section>
  );
}

type HeadProps = Pick<AccountViewProps, "id" | "title" | "email" | "connectedAt" | "now" | "indicator">;

function Head({
  id,
  title,
  email,
  connectedAt,
  now,
  indicator,
  isFolding,
}: HeadProps & { isFolding: boolean }) {
  return (
    <Plate edge="connect" className="pt-[3px]">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-2.5">
        {isFolding && (
          <Icon
            name="chevron"
            className="size-5 text-ink-subtle transition-transform group-open/account:rotate-90"
          />
        )}
        <span className={isFolding ? "max-sm:hidden" : ""}>
          <Avatar name={title} />
        </span>
        <div className="min-w-0 flex-1 basis-40">
          <h2 id={`account-${id}`} className="text-md wrap-anywhere">
            <Breakable>{title}</Breakable>
          </h2>
          <p className="text-sm text-ink-muted">
            {email && (
              <>
                <span className="wrap-anywhere max-sm:block">
                  <Breakable>{email}</Breakable>
                </span>
                <span className="max-sm:hidden"> · </span>
              </>
            )}
            <span className="whitespace-nowrap">
              connected <RelativeTime at={connectedAt} now={now} />
            </span>
          </p>
        </div>
        {indicator}
      </div>
    </Plate>
  );
}

type ContentProps = Pick<AccountViewProps, "id" | "strip" | "homes" | "granted" | "askForMore" | "facts">;

function Content({ id, strip, homes, granted, askForMore, facts }: ContentProps) {
  return (
    <>
      {strip}
      {homes}
      <Plate>
        {granted}
        {askForMore}
      </Plate>
      {/* Both are on one line until the details open, and then take its whole width. */}
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start">
        <details className="group/facts col-start-1 col-end-3 row-start-1">
          <summary className="flex min-h-10 w-fit list-none items-center gap-2 rounded-control text-sm text-ink-muted pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
            <Icon name="chevron" className="size-4 transition-transform group-open/facts:rotate-90" />
            Technical details
          </summary>
          <Plate className="mt-4">{facts}</Plate>
        </details>
        <div className="col-start-2 row-start-1">
          <DisconnectForm id={id} />
        </div>
      </div>
    </>
  );
}
