import { PermissionRow } from "#components/connect/permissions/permission-row.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { DescribedScope } from "#lib/connect/cloud/describe-scopes.ts";

type GrantedListProps = {
  id: string;
  scopes: DescribedScope[];
  /** The text if there are no scopes. */
  empty: string;
  /** What is granted, in a few words, or null if Connect does not know. */
  summary: string | null;
  /** A note above the list. */
  note: string | null;
  /** True if Legrand ended the access, so that none of the scopes works any more. */
  isOver: boolean;
};

/** Shows what the person has granted. It is the first part of the permissions of an account. */
export function GrantedList({ id, scopes, empty, summary, note, isOver }: GrantedListProps) {
  return (
    <>
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-6 px-5 py-1.5">
        <h3 id={id} className="text-md">
          Permissions
        </h3>
        {summary && <p className="text-sm text-ink-muted">{summary}</p>}
      </div>
      {note && <p className="px-5 pb-2 text-sm text-ink-muted">{note}</p>}
      {scopes.length === 0 ? (
        <p className="border-t border-border px-5 py-3 text-ink-muted">{empty}</p>
      ) : (
        <ul aria-label="Granted scopes" className="border-t border-border py-0.5">
          {scopes.map((scope, index) => (
            <PermissionRow
              key={scope.name}
              id={`${id}-${scope.name}`}
              scope={scope}
              above={scopes[index - 1]}
              mark={<Icon name="check" className={`size-5 ${isOver ? "text-ink-subtle" : "text-success"}`} />}
              state={isOver ? "Ended" : "Granted"}
            />
          ))}
        </ul>
      )}
    </>
  );
}
