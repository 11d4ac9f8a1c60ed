import { PermissionRow } from "#components/connect/permissions/permission-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { AskableScope } from "#lib/connect/linked-accounts/describe-permissions.ts";

type AskForMoreFormProps = {
  accountId: string;
  scopes: AskableScope[];
  /** False if the account needs another step first, which has the main button of the page. */
  isMain: boolean;
};

/**
 * Lists what is not granted, each with a checkbox, and asks Legrand for the ticked ones with one button. The
 * second part of the permissions of an account.
 */
export function AskForMoreForm({ accountId, scopes, isMain }: AskForMoreFormProps) {
  const changeId = `change-${accountId}`;
  return (
    <>
      <form id={changeId} method="post" action="/connect">
        <input type="hidden" name="account" value={accountId} />
        <input type="hidden" name="intent" value="change" />
      </form>
      <form method="post" action="/connect">
        <input type="hidden" name="account" value={accountId} />
        {scopes.length > 0 && (
          <ul aria-label="Not granted" className="border-t border-border py-0.5">
            {scopes.map((scope, index) => (
              <PermissionRow
                key={scope.name}
                id={`ask-${accountId}-${scope.name}`}
                scope={scope}
                above={scopes[index - 1]}
                mark={<ScopeCheckbox id={`ask-${accountId}-${scope.name}`} name={scope.name} />}
                state={scope.isRefused ? "Not allowed" : "Not asked yet"}
                isLabel
              />
            ))}
          </ul>
        )}
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-b-plate border-t border-border bg-sunken px-5 py-2.5 print:hidden">
          <p className="min-w-0 flex-1 basis-64 text-sm text-ink-muted">
            You will be taken to Legrand.{" "}
            {scopes.length > 0 ? (
              <>
                Legrand asks only about the permissions that you tick. To remove one, use{" "}
                <LinkButton form={changeId}>Change permissions</LinkButton>.
              </>
            ) : (
              "Your new choice replaces the current one."
            )}
          </p>
          {scopes.length > 0 ? (
            <Button variant={isMain ? "primary" : "secondary"}>Ask for more access</Button>
          ) : (
            <Button form={changeId} variant="secondary">
              Change permissions
            </Button>
          )}
        </div>
      </form>
    </>
  );
}

/** The name of the checkbox is the label of its scope. The rest of the row describes it. */
function ScopeCheckbox({ id, name }: { id: string; name: string }) {
  return (
    <input
      type="checkbox"
      className="checkbox"
      name="scope"
      value={name}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-access ${id}-state ${id}-name`}
    />
  );
}
