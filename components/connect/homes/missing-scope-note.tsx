import { AskScopeForm } from "#components/connect/forms.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { MissingScope } from "#lib/connect/homes/missing-scopes.ts";

/**
 * Names each missing permission, says what that means here, and offers a button that requests only that
 * permission.
 */
export function MissingScopeNote({ accountId, missing }: { accountId: string; missing: MissingScope[] }) {
  if (missing.length === 0) return null;
  return (
    <Notice tone="info" isSlim>
      <div className="grid gap-2">
        {missing.map(({ scope, label, consequence, allow }, index) => (
          <div key={scope} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
            <p className="min-w-0 flex-1 basis-64">
              You have not allowed “{label}”. {consequence}
              {index === missing.length - 1 && " You will be taken to Legrand."}
            </p>
            <AskScopeForm accountId={accountId} scopes={[scope]} label={allow} />
          </div>
        ))}
      </div>
    </Notice>
  );
}
