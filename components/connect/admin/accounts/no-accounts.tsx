import { ButtonLink } from "#components/ui/button.tsx";
import { Plate } from "#components/ui/plate.tsx";

type NoAccountsProps = {
  /** Why this page lists no account. */
  kind: "none" | "no_match" | "past_the_end";
  filter: string;
  allHref: string;
  firstHref: string;
};

/** Replaces a table without rows: says what it means, and where to go next. */
export function NoAccounts({ kind, filter, allHref, firstHref }: NoAccountsProps) {
  if (kind === "none")
    return (
      <Empty title="No account has been connected yet">
        Accounts appear here once they are connected on the start page, and stay after disconnecting.
      </Empty>
    );
  if (kind === "past_the_end") {
    return (
      <Empty
        title="The list ends here"
        action={
          <ButtonLink href={firstHref} variant="secondary">
            First page
          </ButtonLink>
        }
      >
        There are no more accounts here. Some may have been removed or changed since.
      </Empty>
    );
  }
  return (
    <Empty
      title="No linked account matches"
      action={
        <ButtonLink href={allHref} variant="secondary">
          Clear the filters
        </ButtonLink>
      }
    >
      Your search: {filter}.
    </Empty>
  );
}

function Empty({
  title,
  action,
  children,
}: {
  title: string;
  action?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <Plate as="section" className="p-5 sm:p-8">
      <h2 className="text-lg">{title}</h2>
      <p className="mt-1 max-w-text wrap-anywhere text-ink-muted">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </Plate>
  );
}
