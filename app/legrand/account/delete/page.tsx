import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { LegrandShell } from "#components/layout/legrand-shell.tsx";
import { DeleteAccountView } from "#components/legrand/accounts/delete-account-view.tsx";
import { describeDeletion } from "#lib/legrand/account-deletion/describe-deletion.ts";
import { countDeletion } from "#lib/legrand/account-deletion/store.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalShell } from "#lib/legrand/portal/portal-shell.ts";
import { requireAccount } from "#lib/legrand/portal/session.ts";

export const metadata: Metadata = { title: "Delete account" };

export default async function DeleteAccountPage() {
  const account = await requireAccount("/legrand/account/delete");
  // The account page says why a sandbox account cannot be deleted.
  if (isSandboxAccount(account.email)) redirect("/legrand/account");
  const [extent, notice] = await Promise.all([
    countDeletion(account),
    formNotice("/legrand/account/delete").find(),
  ]);
  return (
    <LegrandShell {...await portalShell(account)} current="account">
      <h1 className="text-xl">Delete your account?</h1>
      <DeleteAccountView email={account.email} losses={describeDeletion(extent)} notice={notice} />
    </LegrandShell>
  );
}
