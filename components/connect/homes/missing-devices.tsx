import { AskScopeForm } from "#components/connect/forms.tsx";
import type { DevicePermissions } from "#lib/connect/homes/missing-scopes.ts";

type MissingDevicesProps = {
  accountId: string;
  permissions: Pick<DevicePermissions, "missing" | "scopes" | "allow">;
};

/** Says once for a home what its devices need, with one button that asks Legrand for all of it. */
export function MissingDevices({ accountId, permissions: { missing, scopes, allow } }: MissingDevicesProps) {
  if (missing.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-1.5">
      <p className="min-w-0 flex-1 basis-64 text-sm text-ink-muted">
        Needs your permission: {missing.join(", ")}.{scopes.length > 0 && " You will be taken to Legrand."}
      </p>
      {scopes.length > 0 && <AskScopeForm accountId={accountId} scopes={scopes} label={allow} />}
    </div>
  );
}
